using System;
#if NET
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace BigMlFlow.Models.Deepnets;

/// <summary>Sums of products, several at a time.</summary>
internal static class Vectors
{
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int done = 0;
        double sum = 0;
#if NET
        if (a.Length >= Vector<double>.Count)
        {
            ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(a);
            ReadOnlySpan<Vector<double>> right = MemoryMarshal.Cast<double, Vector<double>>(b.Slice(0, a.Length));
            Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
            int index = 0;
            for (; index + 1 < left.Length; index += 2)
            {
                even += left[index] * right[index];
                odd += left[index + 1] * right[index + 1];
            }
            if (index < left.Length)
                even += left[index] * right[index];
            sum = Vector.Sum(even + odd);
            done = left.Length * Vector<double>.Count;
        }
#else
        double second = 0, third = 0, fourth = 0;
        for (; done + 3 < a.Length; done += 4)
        {
            sum += a[done] * b[done];
            second += a[done + 1] * b[done + 1];
            third += a[done + 2] * b[done + 2];
            fourth += a[done + 3] * b[done + 3];
        }
        sum += second + third + fourth;
#endif
        for (; done < a.Length; done++)
            sum += a[done] * b[done];
        return sum;
    }
}
