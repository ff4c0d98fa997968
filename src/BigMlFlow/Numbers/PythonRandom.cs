namespace BigMlFlow.Numbers;

/// <summary>
/// The numbers of Python's <c>random.Random(seed)</c>: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded by array and read as 53-bit doubles.
/// </summary>
internal sealed class PythonRandom
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    /// <summary>Seeds the generator as Python does with a non-negative integer: by its 32-bit words, the lowest first.</summary>
    /// <param name="seed">The absolute value of Python's seed.</param>
    public PythonRandom(ulong seed)
    {
        uint low = (uint)seed, high = (uint)(seed >> 32);
        Seed(high == 0 ? [low] : [low, high]);
    }

    /// <summary><c>random()</c>: the next number, from 0 to below 1.</summary>
    public double NextDouble()
    {
        uint high = NextWord() >> 5, low = NextWord() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private void Seed(uint[] key)
    {
        Spread(19650218);
        int place = 1, word = 0;
        for (int i = 0; i < Size; i++)
        {
            _state[place] = (_state[place] ^ (Mixed(place - 1) * 1664525)) + key[word] + (uint)word;
            place = Advance(place);
            word = (word + 1) % key.Length;
        }
        for (int i = 1; i < Size; i++)
        {
            _state[place] = (_state[place] ^ (Mixed(place - 1) * 1566083941)) - (uint)place;
            place = Advance(place);
        }
        _state[0] = 0x80000000;
    }

    private void Spread(uint seed)
    {
        _state[0] = seed;
        for (int i = 1; i < Size; i++) _state[i] = Mixed(i - 1) * 1812433253 + (uint)i;
    }

    private uint Mixed(int place) => _state[place] ^ (_state[place] >> 30);

    private int Advance(int place)
    {
        if (++place < Size) return place;
        _state[0] = _state[Size - 1];
        return 1;
    }

    private uint NextWord()
    {
        if (_next == Size) Twist();
        uint word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint joined = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            uint twisted = joined >> 1;
            if ((joined & 1) != 0) twisted ^= 0x9908B0DF;
            _state[i] = _state[(i + Middle) % Size] ^ twisted;
        }
        _next = 0;
    }
}
