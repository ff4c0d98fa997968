using System;
using BigMlFlow.Models;
using Xunit;

namespace BigMlFlow.Tests;

/// <summary>Holds a predictor to what it promises: no memory per row.</summary>
internal static class Allocations
{
    internal static void AreNone(BigMLModel model, string[] columns, Action<Predictor, int> fill, PredictionOptions? options = null)
    {
        Predictor predictor = model.CreatePredictor(options);
        predictor.Bind(columns);
        Run(64); // what is made once is made here
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(64);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int rows)
        {
            for (int row = 0; row < rows; row++)
            {
                predictor.Clear();
                fill(predictor, row);
                predictor.PredictCompact();
            }
        }
    }
}
