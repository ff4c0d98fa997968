using System;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Management.Automation;
using BigMlFlow.Models;
using BigMlFlow.Models.Predictions;
using BigMlFlow.PowerShell.Rows;
using BigMlFlow.Tabular;

namespace BigMlFlow.PowerShell.Commands;

/// <summary>
/// Predicts with a model, for rows from the pipeline, one object a row and in order, or for a CSV file that it reads itself.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "BigMLPrediction", DefaultParameterSetName = RowSet, SupportsShouldProcess = true)]
[OutputType(
    typeof(Classification),
    typeof(Regression),
    typeof(ClassFigures),
    typeof(Centroid),
    typeof(AnomalyScore),
    typeof(TopicDistribution),
    typeof(AssociationSet),
    typeof(Projection),
    typeof(Forecast),
    typeof(PSObject))]
public sealed partial class InvokeBigMLPredictionCommand : ModuleCmdlet
{
    private const string RowSet = "Row";

    private BigMLModel _model = null!;
    private Predictor _predictor = null!;
    private RowBinder _rows = null!;
    private RowExtender? _extender;
    private long _row;
    private bool _warned;

    /// <summary>The model: an object from Import-BigMLModel or Save-BigMLModel, or the path of one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public object Model { get; set; } = null!;

    /// <summary>A row: an object with a property per field, a hashtable, or a data row.</summary>
    [Parameter(ParameterSetName = RowSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>What trees do where the value that a split asks for is missing.</summary>
    [Parameter]
    public MissingStrategy? MissingStrategy { get; set; }

    /// <summary>The operating point of a classifier: a hashtable with PositiveClass, Threshold and, unless probability is meant, Kind.</summary>
    [Parameter]
    [OperatingPointTransformation]
    public OperatingPoint? OperatingPoint { get; set; }

    /// <summary>The figure by which a classifier decides.</summary>
    [Parameter]
    public OperatingKind? OperatingKind { get; set; }

    /// <summary>How the models of an ensemble are combined.</summary>
    [Parameter]
    public CombinationMethod? Method { get; set; }

    /// <summary>How many votes -ThresholdCategory needs, with -Method Threshold.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? ThresholdVotes { get; set; }

    /// <summary>The class that needs -ThresholdVotes votes, with -Method Threshold.</summary>
    [Parameter]
    public string? ThresholdCategory { get; set; }

    /// <summary>Lets the models of a regression ensemble vote with the medians of their nodes.</summary>
    [Parameter]
    public SwitchParameter Median { get; set; }

    /// <summary>What to ask a classifier for: one prediction, or a figure of every class.</summary>
    [Parameter]
    public AnswerForm Form { get; set; }

    /// <summary>How many components of a PCA to give at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxComponents { get; set; }

    /// <summary>The share of the variance, 0 to 1, after which the components of a PCA are cut off.</summary>
    [Parameter]
    public double? VarianceThreshold { get; set; }

    /// <summary>How many items an association set has at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxItems { get; set; }

    /// <summary>The measure by which association rules score.</summary>
    [Parameter]
    public string? ScoreBy { get; set; }

    /// <summary>Emits each row with the prediction added to its columns.</summary>
    [Parameter]
    public SwitchParameter IncludeInput { get; set; }

    /// <summary>A text to put before the names of the columns that the prediction adds.</summary>
    [Parameter]
    public string Prefix { get; set; } = string.Empty;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _model = ResolveModel();
        try
        {
            _predictor = _model.CreatePredictor(Options());
        }
        catch (OptionException error)
        {
            throw Terminating(Errors.OptionInvalid(error, _model, MyInvocation.MyCommand.Parameters.Keys));
        }
        _rows = new RowBinder(_predictor, everyColumn: IncludeInput);
        _extender = IncludeInput ? new RowExtender(Prefix) : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FileSet)
            PredictFile();
        else
            PredictRow();
    }

    private void PredictRow()
    {
        _row++;
        object answer;
        try
        {
            if (!_rows.TrySet(InputObject))
            {
                WriteError(Errors.NotARow(_row, InputObject.BaseObject));
                return;
            }
            WarnIfNothingMatches(_rows.Columns);
            Prediction prediction = _predictor.Predict();
            answer = _extender is null ? prediction : Extend(_extender, _rows.Columns, _rows.Values, prediction, InputObject);
        }
        catch (RowException error)
        {
            WriteError(Errors.RowRefused(_row, error, InputObject));
            return;
        }
        catch (Exception error) when (error is GetValueException or InvalidCastException or DataException)
        {
            WriteError(Errors.RowUnreadable(_row, error, InputObject));
            return;
        }
        WriteObject(answer);
    }

    private PSObject Extend(RowExtender extender, IReadOnlyList<string> columns, IReadOnlyList<object?> values, Prediction prediction, object target)
    {
        PSObject? row = extender.Extend(columns, values, prediction, out string? taken);
        return row ?? throw Terminating(Errors.ColumnTaken(taken!, target));
    }

    /// <summary>Says once that no column is a field: a file read with the wrong delimiter gives the same answer for every row otherwise.</summary>
    private void WarnIfNothingMatches(IReadOnlyList<string> columns)
    {
        if (_predictor.MatchedColumns > 0 || _warned)
            return;
        _warned = true;
        WriteWarning(RowScorer.DescribeNoMatch(_model, columns));
    }

    private BigMLModel ResolveModel()
    {
        object value = ModelSource.Unwrap(Model);
        if (value is BigMLModel given)
            return given;
        if (ModelSource.PathOf(value) is not { } path)
            throw Terminating(Errors.NotAModel(value));
        string target = TargetPath(path);
        if (!File.Exists(target) && !Directory.Exists(target))
            throw Terminating(Errors.PathNotFound(path));
        WriteVerbose($"Reading the model in '{target}'.");
        return TryRead(() => ModelSource.Load(target, WriteWarning), path, out BigMLModel? model) is { } error ? throw Terminating(error) : model!;
    }

    private PredictionOptions Options() => new()
    {
        MissingStrategy = MissingStrategy,
        OperatingPoint = OperatingPoint,
        OperatingKind = OperatingKind,
        Method = Method,
        ThresholdVotes = ThresholdVotes,
        ThresholdCategory = ThresholdCategory,
        Median = Median,
        Form = Form,
        MaxComponents = MaxComponents,
        VarianceThreshold = VarianceThreshold,
        MaxItems = MaxItems,
        ScoreBy = ScoreBy,
    };
}
