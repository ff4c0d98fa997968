using System.Collections.Generic;
using System.Linq;
using Microsoft.Data.Sqlite;

namespace BigMlFlow.Tests.Tracking.Sqlite;

/// <summary>A database's schema as lines that two ways of writing the same have in common.</summary>
internal static class SchemaText
{
    private const string Query = """
        SELECT 'column ' || t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || COALESCE(c.dflt_value, '-') || ' ' || c.pk
            FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'
        UNION ALL SELECT 'key ' || t.name || ' ' || f.id || ' ' || f.seq || ' ' || f."from" || ' ' || f."table" || ' ' || f."to" || ' ' || f.on_update || ' ' || f.on_delete
            FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
        UNION ALL SELECT 'index ' || t.name || ' ' || CASE WHEN i.origin = 'c' THEN i.name ELSE i.origin END || ' ' || i."unique" || ' ' || c.seqno || ' ' || c.name
            FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE t.type = 'table'
        UNION ALL SELECT 'constraints ' || name || ' ' || (length(sql) - length(replace(upper(sql), 'CHECK', '....'))) || ' ' || (length(sql) - length(replace(upper(sql), 'CONSTRAINT', '.........')))
            FROM sqlite_master WHERE type = 'table'
        ORDER BY 1
        """;

    internal static List<string> Of(NewStore store)
    {
        using SqliteConnection connection = store.Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Query;
        using SqliteDataReader reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(0));
        return [.. lines.Order(System.StringComparer.Ordinal)];
    }
}
