using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;
using BigMlFlow.Numbers;

namespace BigMlFlow.Flavor.Pickle;

/// <summary>
/// Reads pickles of protocols 0 to 5 as data (CPython: Lib/pickletools.py). Nothing that a pickle names is looked up, and nothing
/// is called: a class stays a name, a call a <see cref="PickledObject"/> that says what would be called with what.
/// All that is made lies within the bytes of the file: no length is believed before the bytes are there.
/// </summary>
internal sealed class PickleReader
{
    private const int HighestProtocol = 5;

    /// <summary>More digits than any number of a model has; reading them takes more than time in proportion.</summary>
    private const int MaxDigits = 1000;

    private readonly ReadOnlyMemory<byte> _data;
    private readonly string _source;
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Stack<List<object?>> _marked = new();
    private List<object?> _stack = [];
    private int _place;
    private int _memoized;

    private PickleReader(ReadOnlyMemory<byte> data, string source)
    {
        _data = data;
        _source = source;
    }

    /// <summary>Reads the first pickle in some bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="source">The name of the file, for messages.</param>
    /// <returns>What it holds, as <see cref="PickledGlobal"/>'s file describes.</returns>
    /// <exception cref="FlavorException">They are no pickle, or one that needs more than data.</exception>
    internal static object? Read(ReadOnlyMemory<byte> data, string source)
    {
        var reader = new PickleReader(data, source);
        try
        {
            return reader.Run();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            throw reader.Malformed("has a value that is none");
        }
    }

    private object? Run()
    {
        while (true)
        {
            byte opcode = Take(1)[0];
            if (opcode == (byte)'.')
                return Pop();
            if (!ReadConstant(opcode) && !ReadCollection(opcode) && !ReadObject(opcode))
                throw Malformed($"has the opcode 0x{opcode:x2}, which is none that data needs");
        }
    }

    /// <summary>Opcodes that push a value of their own.</summary>
    private bool ReadConstant(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'I': Push(ReadInt()); break;
            case (byte)'L': Push(Whole(ReadLine().TrimEnd('L'))); break;
            case (byte)'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case (byte)'K': Push((long)Take(1)[0]); break;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 0x8a: Push(Whole(Take(Length(1)))); break;
            case 0x8b: Push(Whole(Take(Length(4)))); break;
            case (byte)'F': Push(PythonFloat.TryParse(ReadLine().AsSpan(), out double number) ? number : throw Malformed("has a number that is none")); break;
            case (byte)'G': Push(BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64BigEndian(Take(8)))); break;
            case (byte)'S': Push(PickledText.Unquote(PickledText.Latin1(TakeLine()))); break;
            case (byte)'T': Push(PickledText.Latin1(Take(Length(4)))); break;
            case (byte)'U': Push(PickledText.Latin1(Take(Length(1)))); break;
            case (byte)'V': Push(PickledText.Unescape(PickledText.Latin1(TakeLine()))); break;
            case (byte)'X': Push(Text(Take(Length(4)))); break;
            case 0x8c: Push(Text(Take(Length(1)))); break;
            case 0x8d: Push(Text(Take(Length(8)))); break;
            case (byte)'B': Push(Bytes(Length(4))); break;
            case (byte)'C': Push(Bytes(Length(1))); break;
            case 0x8e or 0x96: Push(Bytes(Length(8))); break;
            default: return false;
        }
        return true;
    }

    /// <summary>Opcodes of the stack, the memo, and of lists, tuples, sets and dictionaries.</summary>
    private bool ReadCollection(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: CheckProtocol(Take(1)[0]); break;
            case 0x95: Length(8); break; // a frame: its opcodes follow as ever
            case (byte)'(': _marked.Push(_stack); _stack = []; break;
            case (byte)'0': if (_stack.Count > 0) Pop(); else PopMark(); break;
            case (byte)'1': PopMark(); break;
            case (byte)'2': Push(Top()); break;
            case (byte)'p': _memo[Index(ReadLine())] = Top(); break;
            case (byte)'q': _memo[Take(1)[0]] = Top(); break;
            case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
            case 0x94: _memo[_memoized++] = Top(); break;
            case (byte)'g': Recall(Index(ReadLine())); break;
            case (byte)'h': Recall(Take(1)[0]); break;
            case (byte)'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case (byte)']' or 0x8f: Push(new List<object?>()); break;
            case (byte)'}': Push(new PickledDictionary()); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case (byte)'l' or 0x91: Push(PopMark()); break;
            case (byte)'t': Push(PopMark().ToArray()); break;
            case 0x85 or 0x86 or 0x87: Push(PopMany(opcode - 0x84)); break;
            case (byte)'d': Push(SetAll(new PickledDictionary(), PopMark())); break;
            case (byte)'a': Append([Pop()]); break;
            case (byte)'e' or 0x90: Append(PopMark()); break;
            case (byte)'s': Set([.. PopMany(2)]); break;
            case (byte)'u': Set(PopMark()); break;
            default: return false;
        }
        return true;
    }

    /// <summary>Opcodes that name classes and make objects. What else there is, is no data: other files, registries, buffers.</summary>
    private bool ReadObject(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'c':
                Push(new PickledGlobal(ReadLine(), ReadLine()));
                break;
            case 0x93:
                object?[] name = PopMany(2);
                Push(name is [string module, string attribute] ? new PickledGlobal(module, attribute) : throw Malformed("names a class with something that is no text"));
                break;
            case (byte)'R' or 0x81:
                object?[] call = PopMany(2);
                Push(new PickledObject(call[0], call[1]));
                break;
            case 0x92:
                call = PopMany(3);
                Push(new PickledObject(call[0], call[1]));
                break;
            case (byte)'i':
                var instance = new PickledGlobal(ReadLine(), ReadLine());
                Push(new PickledObject(instance, PopMark().ToArray()));
                break;
            case (byte)'o':
                object?[] parts = PopMark().ToArray();
                Push(parts.Length > 0 ? new PickledObject(parts[0], parts.AsSpan(1).ToArray()) : throw Malformed("makes an object of nothing"));
                break;
            case (byte)'b':
                object? state = Pop();
                (Top() as PickledObject ?? throw Malformed("gives a state to something that is no object")).State = state;
                break;
            default:
                return false;
        }
        return true;
    }

    private void Append(List<object?> items)
    {
        switch (Top())
        {
            case List<object?> list: list.AddRange(items); break;
            case PickledObject instance: instance.Items.AddRange(items); break;
            default: throw Malformed("appends to something that is no list");
        }
    }

    private void Set(List<object?> items)
    {
        switch (Top())
        {
            case PickledDictionary dictionary: SetAll(dictionary, items); break;
            case PickledObject instance: SetAll(instance.Entries, items); break;
            default: throw Malformed("sets an entry of something that is no dictionary");
        }
    }

    private PickledDictionary SetAll(PickledDictionary dictionary, List<object?> items)
    {
        if (items.Count % 2 != 0)
            throw Malformed("has a key without a value");
        for (int place = 0; place < items.Count; place += 2)
            dictionary.Add(items[place], items[place + 1]);
        return dictionary;
    }

    // ---- the stack

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > 0 ? _stack[_stack.Count - 1] : throw Malformed("takes a value where there is none");

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        if (_stack.Count < count)
            throw Malformed("takes a value where there is none");
        object?[] values = [.. _stack.GetRange(_stack.Count - count, count)];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private List<object?> PopMark()
    {
        if (_marked.Count == 0)
            throw Malformed("ends a collection that has not begun");
        List<object?> items = _stack;
        _stack = _marked.Pop();
        return items;
    }

    private void Recall(long place)
        => Push(_memo.TryGetValue(place, out object? value) ? value : throw Malformed("takes a value from the memo that is not there"));

    // ---- the bytes

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _data.Length - _place)
            throw Malformed("ends in the middle: it is truncated");
        ReadOnlySpan<byte> taken = _data.Span.Slice(_place, length);
        _place += length;
        return taken;
    }

    /// <summary>A length of some bytes: never more than there are left.</summary>
    private int Length(int size)
    {
        ReadOnlySpan<byte> bytes = Take(size);
        ulong length = 0;
        for (int place = size - 1; place >= 0; place--)
            length = (length << 8) | bytes[place];
        return length <= (ulong)(_data.Length - _place) ? (int)length : throw Malformed($"announces {length} bytes, more than there are");
    }

    private ReadOnlyMemory<byte> Bytes(int length)
    {
        Take(length);
        return _data.Slice(_place - length, length);
    }

    private ReadOnlySpan<byte> TakeLine()
    {
        int length = _data.Span.Slice(_place).IndexOf((byte)'\n');
        if (length < 0)
            throw Malformed("ends in the middle: it is truncated");
        return Take(length + 1).Slice(0, length);
    }

    private string ReadLine() => Text(TakeLine());

    private static string Text(ReadOnlySpan<byte> utf8)
    {
#if NET
        return Encoding.UTF8.GetString(utf8);
#else
        return Encoding.UTF8.GetString(utf8.ToArray());
#endif
    }

    private object ReadInt()
    {
        string line = ReadLine();
        return line switch
        {
            "00" => false,
            "01" => true,
            _ => Whole(line),
        };
    }

    private static long Index(string line) => long.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture);

    private object Whole(string digits)
        => digits.Length <= MaxDigits ? Whole(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : throw Malformed("has a number of too many digits");

    private object Whole(ReadOnlySpan<byte> littleEndian)
        => littleEndian.Length <= MaxDigits ? Whole(new BigInteger(littleEndian.ToArray())) : throw Malformed("has a number of too many digits");

    private static object Whole(BigInteger number)
        => number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;

    private void CheckProtocol(byte protocol)
    {
        if (protocol > HighestProtocol)
            throw Malformed($"is of protocol {protocol}: up to {HighestProtocol} are read");
    }

    private FlavorException Malformed(string what)
        => new(FlavorError.Malformed, $"The pickle '{_source}' {what} (at byte {_place.ToString(CultureInfo.InvariantCulture)}). It is not read any further.");
}
