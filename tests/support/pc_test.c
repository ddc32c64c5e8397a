#include "pc_test.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

static void print_messages(const pc_diagnostics *diagnostics)
{
    static const char *const severity[PC_N_SEVERITY] = {"error", "warning", "assumption"};

    for (size_t m = 0; diagnostics != NULL && m < diagnostics->n; m++) {
        char *text = pc_message_line(&diagnostics->message[m]);

        print_error("  %s: %s\n", severity[diagnostics->message[m].severity],
                    text == NULL ? "(out of memory)" : text);
        free(text);
    }
}

void pc_test_close(double actual, double expected, double relative, double absolute, const char *text,
                   const char *file, int line)
{
    bool close = isinf(expected) ? isinf(actual) && signbit(actual) == signbit(expected)
                                 : fabs(actual - expected) <= absolute + relative * fabs(expected);

    if (!close) {
        print_error("%s is %.17g, expected %.17g (difference %.3g; allowed %.3g + %.3g x expected)\n", text,
                    actual, expected, actual - expected, absolute, relative);
        _fail(file, line);
    }
}

void pc_test_status(pc_status actual, pc_status expected, const pc_diagnostics *diagnostics, const char *file,
                    int line)
{
    if (actual != expected) {
        print_error("status %d \"%s\", expected %d \"%s\"\n", (int)actual, pc_strerror(actual), (int)expected,
                    pc_strerror(expected));
        print_messages(diagnostics);
        _fail(file, line);
    }
}

void pc_test_message(const pc_diagnostics *diagnostics, const char *part, bool wanted, const char *file,
                     int line)
{
    bool found = false;

    for (size_t m = 0; m < diagnostics->n && !found; m++) {
        char *text = pc_message_line(&diagnostics->message[m]);

        found = text != NULL && strstr(text, part) != NULL;
        free(text);
    }
    if (found != wanted) {
        print_error("%s message holds \"%s\"; there are %zu:\n", wanted ? "no" : "a", part, diagnostics->n);
        print_messages(diagnostics);
        _fail(file, line);
    }
}

static void stop(const char *doing, const char *path)
{
    fail_msg("%s %s: %s", doing, path, strerror(errno));
}

char *pc_test_folder(void)
{
    const char *parent = getenv("TMPDIR");
    char *folder =
        pc_test_path(parent == NULL || parent[0] == '\0' ? "/tmp" : parent, "placecast-test-XXXXXX");

    if (mkdtemp(folder) == NULL) {
        stop("cannot make a scratch folder", folder);
    }
    return folder;
}

void pc_test_remove(const char *path)
{
    struct stat about;

    if (path == NULL || lstat(path, &about) != 0) {
        return;
    }
    if (S_ISDIR(about.st_mode)) {
        DIR *folder;
        struct dirent *entry;

        (void)chmod(path, 0700); /* a test may have taken the permissions away */
        folder = opendir(path);
        while (folder != NULL && (entry = readdir(folder)) != NULL) {
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
                char *inner = pc_test_path(path, entry->d_name);

                pc_test_remove(inner);
                free(inner);
            }
        }
        if (folder != NULL) {
            closedir(folder);
        }
    }
    if (remove(path) != 0) {
        stop("cannot remove", path);
    }
}

char *pc_test_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);

    assert_non_null(path);
    snprintf(path, size, "%s/%s", folder, name);
    return path;
}

bool pc_test_exists(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0;
}

void pc_test_write_bytes(const char *folder, const char *name, const void *bytes, size_t size)
{
    char *path = pc_test_path(folder, name);
    FILE *stream;

    for (char *at = strchr(path + strlen(folder) + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            stop("cannot make", path);
        }
        *at = '/';
    }
    stream = fopen(path, "wb");
    if (stream == NULL) {
        stop("cannot write", path);
    }
    if (size > 0 && fwrite(bytes, 1, size, stream) != size) {
        stop("cannot write", path);
    }
    if (fclose(stream) != 0) {
        stop("cannot write", path);
    }
    free(path);
}

void pc_test_write(const char *folder, const char *name, const char *text)
{
    pc_test_write_bytes(folder, name, text, strlen(text));
}

char *pc_test_read_file(const char *path, size_t *size)
{
    FILE *stream = fopen(path, "rb");
    size_t n = 0, capacity = 4096, got;
    char *bytes = malloc(capacity + 1);

    assert_non_null(bytes);
    if (stream == NULL) {
        stop("cannot read", path);
    }
    while ((got = fread(bytes + n, 1, capacity - n, stream)) > 0) {
        n += got;
        if (n == capacity) {
            char *larger = realloc(bytes, (capacity *= 2) + 1);

            assert_non_null(larger);
            bytes = larger;
        }
    }
    if (ferror(stream)) {
        stop("cannot read", path);
    }
    fclose(stream);
    bytes[n] = '\0';
    if (size != NULL) {
        *size = n;
    }
    return bytes;
}

char *pc_test_read(const char *folder, const char *name)
{
    char *path = pc_test_path(folder, name);
    char *text = pc_test_read_file(path, NULL);

    free(path);
    return text;
}

double z_mean(double mean, double expected, double sd, size_t n)
{
    return n > 0 && sd > 0 ? (mean - expected) / sd * sqrt((double)n) : (double)NAN;
}

double z_share(size_t hits, size_t n, double p)
{
    return n > 0 && p > 0 && p < 1 ? ((double)hits - (double)n * p) / sqrt((double)n * p * (1 - p))
                                   : (double)NAN;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

double ks_distance(double *sample, size_t n, pc_test_cdf cdf, const void *context)
{
    double distance = n > 0 ? 0 : (double)NAN;

    qsort(sample, n, sizeof *sample, compare_doubles);
    for (size_t rank = 0; rank < n; rank++) {
        double below = (double)rank / (double)n, above = (double)(rank + 1) / (double)n;
        double p = cdf(sample[rank], context);

        if (isnan(p)) {
            return (double)NAN;
        }
        if (p - below > distance) {
            distance = p - below;
        }
        if (above - p > distance) {
            distance = above - p;
        }
    }
    return distance;
}

static double uniform_cdf(double x, const void *context)
{
    (void)context;
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

double ks_distance_uniform(double *sample, size_t n)
{
    return ks_distance(sample, n, uniform_cdf, NULL);
}

/* M. A. Stephens, "Use of the Kolmogorov-Smirnov, Cramer-von Mises and related statistics", JRSS B 32 (1970).
 */
double ks_p_value(double distance, size_t n)
{
    double root = sqrt((double)n), x = (root + 0.12 + 0.11 / root) * distance, sum = 0, sign = 1;

    if (!(distance >= 0) || n == 0) {
        return (double)NAN;
    }
    if (x < 0.2) {
        return 1; /* the series converges slowly there, and differs from 1 by less than 1e-12 */
    }
    for (int term = 1; term <= 100; term++) {
        sum += sign * exp(-2.0 * term * term * x * x);
        sign = -sign;
    }
    return sum < 0 ? 0 : sum > 0.5 ? 1 : 2 * sum;
}
