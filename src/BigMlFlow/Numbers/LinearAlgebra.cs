using System;

namespace BigMlFlow.Numbers;

/// <summary>The little linear algebra that predictions need.</summary>
internal static class LinearAlgebra
{
    /// <summary>The inverse of a square matrix, by elimination with partial pivoting, as LAPACK's and so NumPy's.</summary>
    /// <param name="matrix">The matrix, row after row; it is left as it is.</param>
    /// <param name="size">How many rows and columns it has.</param>
    /// <returns>The inverse, row after row; null if there is none.</returns>
    public static double[]? Invert(double[] matrix, int size)
    {
        double[] left = (double[])matrix.Clone();
        double[] right = new double[matrix.Length];
        for (int index = 0; index < size; index++)
            right[(index * size) + index] = 1;
        for (int step = 0; step < size; step++)
        {
            int pivot = PivotOf(left, size, step);
            double value = left[(pivot * size) + step];
            if (value == 0 || double.IsNaN(value))
                return null;
            Swap(left, size, step, pivot);
            Swap(right, size, step, pivot);
            for (int row = step + 1; row < size; row++)
            {
                double factor = left[(row * size) + step] / value;
                if (factor == 0)
                    continue;
                Subtract(left, size, row, step, factor, step);
                Subtract(right, size, row, step, factor);
            }
        }
        for (int step = size - 1; step >= 0; step--)
        {
            double value = left[(step * size) + step];
            for (int column = 0; column < size; column++)
                right[(step * size) + column] /= value;
            for (int row = 0; row < step; row++)
                Subtract(right, size, row, step, left[(row * size) + step]);
        }
        return right;
    }

    private static int PivotOf(double[] matrix, int size, int step)
    {
        int pivot = step;
        for (int row = step + 1; row < size; row++)
        {
            if (Math.Abs(matrix[(row * size) + step]) > Math.Abs(matrix[(pivot * size) + step]))
                pivot = row;
        }
        return pivot;
    }

    private static void Swap(double[] matrix, int size, int a, int b)
    {
        if (a == b)
            return;
        for (int column = 0; column < size; column++)
            (matrix[(a * size) + column], matrix[(b * size) + column]) = (matrix[(b * size) + column], matrix[(a * size) + column]);
    }

    private static void Subtract(double[] matrix, int size, int row, int from, double factor, int first = 0)
    {
        for (int column = first; column < size; column++)
            matrix[(row * size) + column] -= factor * matrix[(from * size) + column];
    }
}
