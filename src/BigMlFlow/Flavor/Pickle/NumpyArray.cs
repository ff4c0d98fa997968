using System;
using System.Buffers.Binary;
using System.Linq;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>Arrays and scalars of NumPy 1 and 2, in the forms in which pickles of any protocol hold them: 64-bit floating-point numbers alone.</summary>
internal static class NumpyArray
{
    /// <summary>The numbers of a one-dimensional array, or the one of a scalar.</summary>
    /// <returns>Null where the object is something else.</returns>
    internal static double[]? Read(PickledObject value)
    {
        if (value.Callable is not PickledGlobal { Module: var module, Name: var name } || !module.StartsWith("numpy", StringComparison.Ordinal))
            return null;
        return (name, value.Arguments) switch
        {
            // _frombuffer(bytes, dtype, shape, order)
            ("_frombuffer", [var bytes, PickledObject type, object?[] shape, ..]) => Numbers(bytes, type, shape),
            // _reconstruct(ndarray, (0,), b"b"), with the state (version, shape, dtype, is Fortran's order, bytes)
            ("_reconstruct", _) when value.State is object?[] { Length: 5 } state && state is [_, object?[] shape, PickledObject type, _, var bytes] => Numbers(bytes, type, shape),
            ("scalar", [PickledObject type, var bytes]) => Numbers(bytes, type, []),
            _ => null,
        };
    }

    private static double[]? Numbers(object? value, PickledObject type, object?[] shape)
    {
        if (Bytes(value) is not { } bytes)
            return null;
        // dtype("f8", …), with the state (version, byte order, …)
        bool isDouble = type.Callable is PickledGlobal { Name: "dtype" } && type.Arguments is ["f8", ..];
        bool isBigEndian = type.State is object?[] state && state is [_, ">", ..];
        if (!isDouble || shape.Length > 1 || (shape.Length == 1 && !Equals(shape[0], (long)bytes.Length / sizeof(double))) || bytes.Length % sizeof(double) != 0)
            return null;
        var numbers = new double[bytes.Length / sizeof(double)];
        for (int place = 0; place < numbers.Length; place++)
        {
            ReadOnlySpan<byte> eight = bytes.Span.Slice(place * sizeof(double), sizeof(double));
            numbers[place] = BitConverter.Int64BitsToDouble(isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(eight) : BinaryPrimitives.ReadInt64LittleEndian(eight));
        }
        return numbers;
    }

    /// <summary>Bytes; in protocols before 3 they are a text of one character a byte, and a call that encodes it.</summary>
    private static ReadOnlyMemory<byte>? Bytes(object? value)
    {
        if (value is ReadOnlyMemory<byte> bytes)
            return bytes;
        if (value is not PickledObject { Class: "_codecs.encode", Arguments: [string text, "latin1"] } || text.Any(letter => letter > byte.MaxValue))
            return null;
        return text.Select(letter => (byte)letter).ToArray();
    }
}
