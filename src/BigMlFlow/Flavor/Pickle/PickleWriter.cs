using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// Writes the few opcodes of pickle protocol 4 that a call with constant arguments needs (CPython: Lib/pickletools.py).
/// Arguments come before the call they are for, as on any stack machine.
/// </summary>
internal sealed class PickleWriter
{
    private const byte Protocol = 4;

    private readonly Stream _stream;
    private readonly Dictionary<string, int> _globals = new(StringComparer.Ordinal);
    private int _memoized;

    internal PickleWriter(Stream stream)
    {
        _stream = stream;
        Write(0x80, Protocol);
    }

    /// <summary>Pushes a class or function; the second time from the memo.</summary>
    internal void Global(string module, string name)
    {
        string key = $"{module}\n{name}\n";
        if (_globals.TryGetValue(key, out int place))
        {
            Recall(place);
            return;
        }
        Write((byte)'c');
        Write(Encoding.ASCII.GetBytes(key));
        _globals.Add(key, Memoize());
    }

    /// <summary>Pushes a text.</summary>
    internal void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Write((byte)'X');
        WriteLittleEndian((ulong)utf8.Length, 4);
        Write(utf8);
    }

    /// <summary>Pushes bytes.</summary>
    internal void Bytes(ReadOnlyMemory<byte> bytes)
    {
        bool isShort = bytes.Length <= byte.MaxValue;
        Write((byte)(isShort ? 'C' : 'B'));
        WriteLittleEndian((ulong)bytes.Length, isShort ? 1 : 4);
        Write(bytes);
    }

    /// <summary>Pushes a whole number.</summary>
    internal void Integer(int number)
    {
        Write((byte)'J');
        WriteLittleEndian(unchecked((uint)number), 4);
    }

    /// <summary>Calls the callable under its arguments, which are the topmost one to three values.</summary>
    internal void Call(int arguments) => Write((byte)(0x84 + arguments), (byte)'R');

    /// <summary>Pushes an empty list and begins to collect its items.</summary>
    internal void BeginList() => Write((byte)']', (byte)'(');

    /// <summary>Puts what was pushed since <see cref="BeginList"/> into the list.</summary>
    internal void EndList() => Write((byte)'e');

    /// <summary>Ends the pickle; its value is what is on the stack.</summary>
    internal void Stop() => Write((byte)'.');

    /// <summary>Keeps the topmost value in the memo.</summary>
    /// <returns>The place for <see cref="Recall"/>.</returns>
    internal int Memoize()
    {
        Write(0x94);
        return _memoized++;
    }

    /// <summary>Pushes a value from the memo.</summary>
    internal void Recall(int place) => Write((byte)'h', checked((byte)place));

    private void WriteLittleEndian(ulong number, int count)
    {
        for (int place = 0; place < count; place++)
            _stream.WriteByte((byte)(number >> (8 * place)));
    }

    private void Write(params byte[] bytes) => _stream.Write(bytes, 0, bytes.Length);

    private void Write(ReadOnlyMemory<byte> bytes)
    {
#if NET
        _stream.Write(bytes.Span);
#else
        Write(bytes.ToArray());
#endif
    }
}
