using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BigMlFlow.PowerShell.Tests.Hosting;
using Xunit;

namespace BigMlFlow.PowerShell.Tests.Commands.InvokeBigMLPrediction;

/// <summary>Each row is answered before the next one is asked for, and who wants no more gets no more.</summary>
public sealed class StreamingTests : IClassFixture<ModuleHost>
{
    private readonly ModuleHost _host;

    public StreamingTests(ModuleHost host)
    {
        _host = host;
        host.Import(ExampleModels.Tree);
    }

    [Fact]
    public void AnAnswerComesBeforeTheNextRowGoes() =>
        Assert.Equal(
            ["in 1", "out setosa", "in 2", "out versicolor", "in 3", "out setosa"],
            _host.Run(
                """
                $log = [System.Collections.Generic.List[string]]::new()
                1..3 | ForEach-Object { $log.Add("in $_"); @{ 'petal length' = if ($_ -eq 2) { 5.9 } else { 1.4 } } } |
                    Invoke-BigMLPrediction $model |
                    ForEach-Object { $log.Add("out $_") }
                $log
                """).Succeeded().Output.Select(entry => entry.ToString()));

    [Fact]
    public void AnswersKeepTheOrderOfTheRows() =>
        Assert.Equal(
            Enumerable.Range(1, 2000),
            _host.Run("1..2000 | ForEach-Object { @{ id = $_; 'petal length' = $_ % 7 } } | Invoke-BigMLPrediction $model -IncludeInput").Succeeded().Output.Select(row => (int)row.Get("id")!));

    [Fact]
    public void WhoTakesOneAnswerStopsTheRows() =>
        Assert.Equal(
            ["setosa", "1"],
            _host.Run(
                """
                $asked = 0
                foreach ($once in 1) {
                    1..1000 | ForEach-Object { $asked++; @{ 'petal length' = 1.4 } } | Invoke-BigMLPrediction $model | ForEach-Object { "$_"; break }
                }
                "$asked"
                """).Succeeded().Output.Select(entry => entry.ToString()));

    [Fact]
    public void PipelineVariableHoldsTheAnswer() =>
        Assert.Equal(
            "setosa",
            Assert.Single(_host.Run("@{ 'petal length' = 1.4 } | Invoke-BigMLPrediction $model -PipelineVariable answer | ForEach-Object { $answer.Prediction }").Succeeded().Output).ToString());

    [Fact]
    public async Task CtrlCEndsAnEndlessPipelineAndNothingFollows()
    {
        using var started = new SemaphoreSlim(0);
        var counter = new int[1];
        bool stopped = await _host.Stop(
            """
            $counter, $started = $args
            & { for ($i = 0; ; $i++) { if ($i -eq 100) { [void]$started.Release() }; @{ 'petal length' = 1.4 } } } |
                Invoke-BigMLPrediction $model | ForEach-Object { $counter[0]++ }
            """,
            started.WaitAsync(TestContext.Current.CancellationToken),
            counter,
            started);
        Assert.True(stopped);
        int atStop = counter[0];
        Assert.True(atStop >= 99);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(atStop, counter[0]);
        // The runspace and the model are as good as before.
        Assert.Equal("setosa", Assert.Single(_host.Run("@{ 'petal length' = 1.4 } | Invoke-BigMLPrediction $model").Succeeded().Output).Get("Prediction"));
    }

    [Fact]
    public async Task RunspacesShareOneModel()
    {
        object model = _host.Run("$model").Output.Single();
        const string Script = "1..500 | ForEach-Object { [pscustomobject]@{ 'sepal length' = 4 + $_ % 41 / 10; 'petal length' = $_ % 71 / 10; 'petal width' = $_ % 25 / 10 } } | Invoke-BigMLPrediction $args[0]";
        var expected = _host.Run(Script, model).Succeeded().ToJson();
        Assert.True(expected.Distinct().Count() > 4);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var host = new ModuleHost();
            return host.Run(Script, model).Succeeded().ToJson();
        })));
        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Fact]
    public void ParallelPipelinesShareOneModel()
    {
        RunResult result = _host.Run(
            """
            1..4 | ForEach-Object -Parallel {
                Import-Module $using:args[0]
                $model = $using:model
                $answers = 1..100 | ForEach-Object { @{ 'petal length' = $_ % 70 / 10 } } | Invoke-BigMLPrediction $model
                $answers.Prediction -join ' '
            }
            """,
            Project.Module).Succeeded();
        Assert.Equal(4, result.Output.Count);
        Assert.Single(result.Output.Select(answer => answer.ToString()).Distinct());
        Assert.Contains("setosa versicolor", result.Output[0].ToString(), StringComparison.Ordinal);
    }
}
