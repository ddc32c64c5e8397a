"""A sweep from Python by the C library itself, with ctypes: no command between.

    python3 examples/library.py SWEEP.yaml OUT.db

PLACECAST_LIBRARY names the shared library (default libplacecast.so).
"""
import ctypes
import os
import sys


class Outcome(ctypes.Structure):
    """pc_sweep_outcome of include/placecast/sweep.h"""
    _fields_ = [("n_run", ctypes.c_size_t), ("first_run", ctypes.c_size_t), ("n_before", ctypes.c_size_t),
                ("n_done", ctypes.c_size_t), ("n_result", ctypes.c_size_t), ("seconds", ctypes.c_double),
                ("simulation_seconds", ctypes.c_double), ("threads", ctypes.c_int)]


library = ctypes.CDLL(os.environ.get("PLACECAST_LIBRARY", "libplacecast.so"))
library.pc_strerror.restype = ctypes.c_char_p
library.pc_sweep_load.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p]
library.pc_sweep_run.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(Outcome),
                                 ctypes.c_void_p]
library.pc_sweep_runs.argtypes = [ctypes.c_void_p]
library.pc_sweep_runs.restype = ctypes.c_size_t
library.pc_sweep_free.argtypes = [ctypes.c_void_p]


def check(status):
    if status != 0:
        sys.exit(library.pc_strerror(status).decode())


sweep, outcome = ctypes.c_void_p(), Outcome()
library.pc_library_init()
check(library.pc_sweep_load(sys.argv[1].encode(), None, ctypes.byref(sweep), None))
print(f"{library.pc_sweep_runs(sweep)} runs")
check(library.pc_sweep_run(sweep, sys.argv[2].encode(), None, ctypes.byref(outcome), None))
print(f"{outcome.n_done} done now, {outcome.n_before} before, {outcome.n_result} results")
library.pc_sweep_free(sweep)
