/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/**
 * Forecasts a weekly series by the better of two methods, judged by their errors on the past: each week of the last half
 * year is taken as "now", the method sees only what lies before it, and its forecast is compared with what came. The
 * interval is that of these errors, so it says how reliable the method was here, not how well it fits.
 */
final class Forecast {

    /** Fewest weeks: a year to repeat, a quarter to scale by, and a quarter to test on. */
    static final int LEAST_WEEKS = 52 + 13 + 13 + 4;

    private static final double YEAR = 365.25 / 7;
    private static final int SCALE_WEEKS = 13;

    /** A way of continuing a series: the next {@code weeks} values after {@code past}. */
    interface Method {
        String name();

        double[] next(double[] past, int weeks);
    }

    /**
     * @param mape mean absolute error of a week in the back-test, as a share
     * @param coverage share of the back-tested quarters whose truth lay inside the interval of the others
     * @param origins how many times "now" was moved
     */
    record Result(
            String method,
            double[] values,
            double[] low,
            double[] high,
            double sum,
            double sumLow,
            double sumHigh,
            double mape,
            double otherMape,
            double sumError,
            double coverage,
            int origins) {}

    private Forecast() {}

    static Result of(double[] past, int weeks, int intervalPercent) {
        List<BackTest> tests = new ArrayList<>();
        for (Method method : List.of(new LastYearScaled(), new TrendAndSeason())) {
            tests.add(BackTest.of(method, past, weeks));
        }
        tests.sort((a, b) -> Double.compare(a.mape(), b.mape()));
        BackTest best = tests.get(0);
        double[] values = best.method().next(past, weeks);
        double tail = (100 - intervalPercent) / 2.0;
        double[] low = new double[weeks];
        double[] high = new double[weeks];
        for (int week = 0; week < weeks; week++) {
            low[week] = values[week] * quantile(best.ratios(), tail);
            high[week] = values[week] * quantile(best.ratios(), 100 - tail);
        }
        double sum = Arrays.stream(values).sum();
        return new Result(
                best.method().name(),
                values,
                low,
                high,
                sum,
                sum * quantile(best.sumRatios(), tail),
                sum * quantile(best.sumRatios(), 100 - tail),
                best.mape(),
                tests.get(1).mape(),
                best.sumError(),
                best.coverage(tail),
                best.sumRatios().length);
    }

    private static double quantile(double[] sample, double percent) {
        return new Percentile(percent).evaluate(sample);
    }

    /** @param ratios truth / forecast of every week; of every sum likewise */
    private record BackTest(Method method, double mape, double[] ratios, double[] sumRatios) {

        static BackTest of(Method method, double[] series, int weeks) {
            List<Double> ratios = new ArrayList<>();
            List<Double> sums = new ArrayList<>();
            double error = 0;
            for (int now = 52 + SCALE_WEEKS; now + weeks <= series.length; now++) {
                double[] forecast = method.next(Arrays.copyOf(series, now), weeks);
                double expected = 0;
                double came = 0;
                for (int week = 0; week < weeks; week++) {
                    double truth = series[now + week];
                    error += Math.abs(truth - forecast[week]) / Math.max(truth, 1e-9);
                    ratios.add(truth / Math.max(forecast[week], 1e-9));
                    expected += forecast[week];
                    came += truth;
                }
                sums.add(came / Math.max(expected, 1e-9));
            }
            return new BackTest(method, error / ratios.size(), array(ratios), array(sums));
        }

        double sumError() {
            return Arrays.stream(sumRatios)
                    .map(ratio -> Math.abs(1 - 1 / ratio))
                    .average()
                    .orElse(Double.NaN);
        }

        /** Leaves one out: whether its truth lies in the interval of the others. */
        double coverage(double tail) {
            int inside = 0;
            for (int out = 0; out < sumRatios.length; out++) {
                double[] others = new double[sumRatios.length - 1];
                System.arraycopy(sumRatios, 0, others, 0, out);
                System.arraycopy(sumRatios, out + 1, others, out, others.length - out);
                boolean in = sumRatios[out] >= quantile(others, tail) && sumRatios[out] <= quantile(others, 100 - tail);
                inside += in ? 1 : 0;
            }
            return (double) inside / sumRatios.length;
        }

        private static double[] array(List<Double> list) {
            return list.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** The same weeks of last year, times how the last quarter compares with that of a year before. */
    static final class LastYearScaled implements Method {

        @Override
        public String name() {
            return "same weeks of last year, scaled by the growth of the last 13 weeks";
        }

        @Override
        public double[] next(double[] past, int weeks) {
            int n = past.length;
            double recent = 0;
            double before = 0;
            for (int week = n - SCALE_WEEKS; week < n; week++) {
                recent += past[week];
                before += past[week - 52];
            }
            double growth = before <= 0 ? 1 : recent / before;
            double[] next = new double[weeks];
            for (int week = 0; week < weeks; week++) {
                next[week] = past[n + week - 52 * (1 + week / 52)] * growth;
            }
            return next;
        }
    }

    /** Least squares of a linear trend and two yearly harmonics on the logarithm, so that the season grows with the level. */
    static final class TrendAndSeason implements Method {

        @Override
        public String name() {
            return "trend and two yearly harmonics on the logarithm, least squares";
        }

        @Override
        public double[] next(double[] past, int weeks) {
            double[][] x = new double[past.length][];
            double[] y = new double[past.length];
            OptionalDouble least =
                    Arrays.stream(past).filter(value -> value > 0).min();
            for (int week = 0; week < past.length; week++) {
                x[week] = terms(week);
                y[week] = Math.log(Math.max(past[week], least.orElse(1)));
            }
            OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
            regression.newSampleData(y, x);
            double[] beta = regression.estimateRegressionParameters();
            double[] next = new double[weeks];
            for (int week = 0; week < weeks; week++) {
                double[] terms = terms(past.length + week);
                double sum = beta[0];
                for (int term = 0; term < terms.length; term++) {
                    sum += beta[term + 1] * terms[term];
                }
                next[week] = Math.exp(sum);
            }
            return next;
        }

        private static double[] terms(int week) {
            double angle = 2 * Math.PI * week / YEAR;
            return new double[] {week / YEAR, Math.sin(angle), Math.cos(angle), Math.sin(2 * angle), Math.cos(2 * angle)
            };
        }
    }
}
