#include "estimate/gamma_stream.h"

#include <math.h>

/* P. J. Acklam's rational approximation, relative error below 1.2e-9: one uniform number, no rejection, and
 * no logarithm in the middle 95%. */
double gamma_stream_normal_quantile(double p)
{
    static const double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                               1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    static const double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                               6.680131188771972e+01, -1.328068155288572e+01};
    static const double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                               -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    static const double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                               3.754408661907416e+00};
    const double low = 0.02425;
    double q, r;

    if (p >= low && p <= 1 - low) {
        q = p - 0.5;
        r = q * q;
        return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
               (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
    }
    q = sqrt(-2 * log(p < low ? p : 1 - p));
    r = (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
        ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
    return p < low ? r : -r;
}

/* G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 2000; shape >= 1.
 */
static double draw_from_one(gamma_stream *self, double shape)
{
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);

    for (;;) {
        double x = gamma_stream_normal_quantile(gamma_stream_uniform(self)), u = gamma_stream_uniform(self);
        double v = 1 + c * x;

        if (v > 0) {
            v = v * v * v;
            if (u < 1 - 0.0331 * (x * x) * (x * x) || log(u) < 0.5 * x * x + d * (1 - v + log(v))) {
                return d * v;
            }
        }
    }
}

double gamma_stream_draw(gamma_stream *self, double shape, double rate)
{
    if (!(shape > 0)) {
        return 0;
    }
    if (shape >= 1) {
        return draw_from_one(self, shape) / rate;
    }
    return draw_from_one(self, shape + 1) * pow(gamma_stream_uniform(self), 1 / shape) / rate;
}
