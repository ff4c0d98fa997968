using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace BigMlFlow.Tests.Robustness;

/// <summary>
/// Spoils a JSON document in one to three places, the same way for the same seed: members dropped, doubled and renamed, values of
/// another type, extreme numbers, ids that point elsewhere, lists made shorter and longer, nesting without end, texts cut off.
/// </summary>
internal sealed class JsonMutator(int seed)
{
    /// <summary>Stands for a text that no node can hold, such as 100,000 brackets: it is put in when the document is text.</summary>
    private const string Placeholder = "\"@@raw@@\"";

    private readonly Random _random = new(seed);
    private string? _raw;

    /// <summary>What was done, for the report of a failure.</summary>
    internal List<string> Done { get; } = [];

    internal byte[] Mutate(JsonNode original)
    {
        JsonNode document = original.DeepClone();
        for (int change = _random.Next(1, 4); change > 0; change--)
            Change(document);
        string text = document.ToJsonString();
        if (_raw is not null)
            text = text.Replace(Placeholder, _raw, StringComparison.Ordinal);
        if (_random.Next(40) == 0)
        {
            text = text[.._random.Next(text.Length)];
            Done.Add("cut off");
        }
        return Encoding.UTF8.GetBytes(text);
    }

    private void Change(JsonNode document)
    {
        List<JsonNode> parents = [.. Parents(document)];
        if (parents.Count == 0)
            return;
        JsonNode parent = parents[_random.Next(parents.Count)];
        if (parent is JsonObject members)
            ChangeMember(document, members);
        else
            ChangeItem(document, (JsonArray)parent);
    }

    private void ChangeMember(JsonNode document, JsonObject parent)
    {
        string name = parent.ElementAt(_random.Next(parent.Count)).Key;
        switch (_random.Next(6))
        {
            case 0:
                Note(parent, "drop " + name);
                parent.Remove(name);
                break;
            case 1:
                Note(parent, "rename " + name);
                JsonNode? value = parent[name];
                parent.Remove(name);
                parent[name + "x"] = value;
                break;
            default:
                Note(parent, "replace " + name);
                parent[name] = Replacement(document, parent[name]);
                break;
        }
    }

    private void ChangeItem(JsonNode document, JsonArray parent)
    {
        int index = _random.Next(parent.Count);
        switch (_random.Next(6))
        {
            case 0:
                Note(parent, $"drop [{index}]");
                parent.RemoveAt(index);
                break;
            case 1:
                Note(parent, $"double [{index}]");
                parent.Insert(index, parent[index]?.DeepClone());
                break;
            default:
                Note(parent, $"replace [{index}]");
                parent[index] = Replacement(document, parent[index]);
                break;
        }
    }

    /// <summary>Another value: of another type, extreme, or one from elsewhere in the document.</summary>
    private JsonNode? Replacement(JsonNode document, JsonNode? old)
    {
        switch (_random.Next(16))
        {
            case 0: return null;
            case 1: return JsonValue.Create(_random.Next(2) == 0);
            case 2: return JsonValue.Create(new[] { "", "NaN", "model/000000000000000000000000", "000000", "\ud83d\ude00", "..", "<=" }[_random.Next(7)]);
            case 3: return JsonValue.Create(-1);
            case 4: return JsonValue.Create(0);
            case 5: return JsonValue.Create(1e308);
            case 6: return JsonValue.Create(-1e308);
            case 7: return JsonValue.Create(int.MaxValue);
            case 8: return JsonNode.Parse("[]");
            case 9: return JsonNode.Parse("{}");
            case 10: return JsonNode.Parse("[[\"a\", 1], [\"b\", 2]]");
            case 11: return JsonValue.Create(2.5);
            case 12 when _random.Next(20) == 0:
                _raw = Deep(_random.Next(4));
                return JsonNode.Parse(Placeholder);
            case 13 when _random.Next(4) == 0:
                _raw = new[] { "1e999", "-1e999", "1e-400", "123456789012345678901234567890", "\"\\ud800\"" }[_random.Next(5)];
                return JsonNode.Parse(Placeholder);
            case 14 when old is JsonValue: return JsonValue.Create(old.ToJsonString());
            default:
                List<JsonNode> others = [.. Parents(document)];
                JsonNode other = others[_random.Next(others.Count)];
                // Within bounds: a document that doubles every time says nothing new.
                return other.ToJsonString().Length < 20_000 ? other.DeepClone() : JsonValue.Create("elsewhere");
        }
    }

    private static string Deep(int form)
    {
        const int Depth = 100_000;
        return form switch
        {
            0 => new string('[', Depth) + new string(']', Depth),
            1 => string.Concat(Enumerable.Repeat("{\"a\":", Depth)) + "1" + new string('}', Depth),
            2 => string.Concat(Enumerable.Repeat("{\"predicate\":true,\"children\":[", Depth)) + string.Concat(Enumerable.Repeat("]}", Depth)),
            _ => string.Concat(Enumerable.Repeat("{\"predicate\":{\"operator\":\">\",\"field\":\"000000\",\"value\":1},\"output\":1,\"count\":1,\"children\":[", Depth)) + string.Concat(Enumerable.Repeat("]}", Depth)),
        };
    }

    private void Note(JsonNode parent, string what) => Done.Add($"{what} at {parent.GetPath()}");

    private static IEnumerable<JsonNode> Parents(JsonNode document)
    {
        var pending = new Stack<JsonNode>();
        pending.Push(document);
        while (pending.Count > 0)
        {
            JsonNode node = pending.Pop();
            IEnumerable<JsonNode?> children = node switch
            {
                JsonObject members => members.Select(member => member.Value),
                JsonArray items => items,
                _ => [],
            };
            if (node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
                yield return node;
            foreach (JsonNode? child in children)
            {
                if (child is JsonObject or JsonArray)
                    pending.Push(child);
            }
        }
    }
}
