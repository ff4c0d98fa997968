using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BigMlFlow.Tracking.Artifacts;

/// <summary>Copies streams, told of while it happens.</summary>
internal static class Copying
{
    /// <summary>Copies all that is left of a stream.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="done">Told the number of bytes so far; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The number of bytes.</returns>
    internal static async Task<long> CopyAsync(Stream source, Stream target, IProgress<long>? done, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int count; (count = await source.ReadAsync(buffer, 0, buffer.Length, cancellation).ConfigureAwait(false)) > 0;)
        {
            await target.WriteAsync(buffer, 0, count, cancellation).ConfigureAwait(false);
            total += count;
            done?.Report(total);
        }
        return total;
    }
}
