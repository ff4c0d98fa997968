using System;
using System.Text.Json;

namespace BigMlFlow.Models.Resources;

/// <summary>Finds the id that a resource gives itself, without building a document of it.</summary>
internal static class IdReader
{
    /// <summary>Reads an object: its member <c>resource</c>, or else that of its member <c>object</c>.</summary>
    /// <returns>The id; null where there is none of an id's form.</returns>
    internal static string? Find(ref Utf8JsonReader reader)
    {
        string? own = null, inner = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("resource");
            bool isBody = reader.ValueTextEquals("object");
            reader.Read();
            if (isId)
                own = Id(ref reader);
            else if (isBody && reader.TokenType == JsonTokenType.StartObject)
                inner = FindMember(ref reader);
            if (own is not null)
                return own;
            reader.Skip();
        }
        return inner;
    }

    private static string? FindMember(ref Utf8JsonReader reader)
    {
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("resource");
            reader.Read();
            if (isId)
                id = Id(ref reader);
            reader.Skip();
        }
        return id;
    }

    private static string? Id(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        try
        {
            string id = reader.GetString()!;
            return ResourceId.IsValid(id) ? id : null;
        }
        catch (InvalidOperationException) // no valid text
        {
            return null;
        }
    }
}
