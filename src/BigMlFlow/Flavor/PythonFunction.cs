namespace BigMlFlow.Flavor;

/// <summary>How a saved model answers as MLflow's python_function, which serving, Spark and evaluation use.</summary>
public enum PythonFunction
{
    /// <summary>As bigmlflow's own: a list with a dictionary for each row.</summary>
    Records,

    /// <summary>
    /// With a DataFrame whose first column is the prediction, missing cells taken as missing: what mlflow.evaluate and Spark's
    /// functions of one value need. The directory then carries a Python module of this project's in <c>code/</c>.
    /// </summary>
    DataFrame,

    /// <summary>Not at all: the directory is data, without a pickle or other code, for this module alone.</summary>
    None,
}
