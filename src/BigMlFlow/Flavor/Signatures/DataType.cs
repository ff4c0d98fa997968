namespace BigMlFlow.Flavor.Signatures;

/// <summary>The types of MLflow's schemas.</summary>
public enum DataType
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary>A floating-point number of 32 bits.</summary>
    Float,

    /// <summary>A floating-point number of 64 bits.</summary>
    Double,

    /// <summary>Text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A date and time.</summary>
    DateTime,

    /// <summary>Any value: MLflow 2.19 and later.</summary>
    Any,

    /// <summary>A list, of <see cref="ColumnSpec.Items"/>.</summary>
    Array,

    /// <summary>An object, with <see cref="ColumnSpec.Properties"/>.</summary>
    Object,

    /// <summary>An object with any keys and values of one type, <see cref="ColumnSpec.Items"/>.</summary>
    Map,

    /// <summary>A tensor of NumPy's.</summary>
    Tensor,

    /// <summary>A vector of Spark's ML library.</summary>
    SparkVector,
}
