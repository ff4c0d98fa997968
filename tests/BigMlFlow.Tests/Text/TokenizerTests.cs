using System;
using System.Collections.Generic;
using BigMlFlow.Models.Text;
using Xunit;

namespace BigMlFlow.Tests.Text;

/// <summary>Tokens as the expression of the bindings finds them in CPython.</summary>
public class TokenizerTests
{
    [Theory]
    [InlineData("a,b", "a", ",", "b")]
    [InlineData("a, b", "a", "b")]
    [InlineData("don't stop", "don", "'", "t", "stop")]
    [InlineData("e_mail", "e")]
    [InlineData("__a__b_", "a", "b")]
    [InlineData("c++ c", "c", "c")]
    [InlineData("3.5 stars", "3", ".", "5", "stars")]
    [InlineData("x\u001cy", "x", "y")]
    [InlineData("...!a", "a")]
    [InlineData("a\u0301b e\u0301", "a", "\u0301", "b", "e")]
    [InlineData("½cup ²x", "½cup", "²x")]
    [InlineData("\U0001F338 a\U0001F338b", "a", "\U0001F338", "b")]
    [InlineData("\U0001D4B3y", "\U0001D4B3y")]
    [InlineData("_!_a", "!", "a")]
    [InlineData("a\bb", "a", "b")]
    [InlineData("日本語、東京", "日本語", "、", "東京")]
    [InlineData("!!!")]
    [InlineData("")]
    public void FindsTheTokensThatPythonFinds(string text, params string[] expected)
    {
        var found = new List<string>();
        var tokens = new Tokenizer(text.AsSpan());
        while (tokens.MoveNext())
            found.Add(tokens.Current.ToString());
        Assert.Equal(expected, found);
    }
}
