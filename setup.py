"""The one part that is compiled: kernels of the array engine, in C11.

They are optional.  Where there is no compiler (gcc or clang), or it fails, the package installs without them, and NumPy does the same
work more slowly.  All else about the package stands in pyproject.toml.
"""

from setuptools import Extension, setup

FOLDER = "src/detente/engines/array/native"
SOURCES = ("module", "schedule", "programs", "pool", "single", "baseline", "avx2", "avx512")
HEADERS = ("kernels", "pool", "lanes", "passes", "width", "all")

setup(
    ext_modules=[
        Extension(
            "detente.engines.array.native._kernels",
            sources=[f"{FOLDER}/{name}.c" for name in SOURCES],
            depends=[f"{FOLDER}/{name}.h" for name in HEADERS],
            extra_compile_args=["-std=c11", "-O3", "-g0", "-pthread", "-Wno-psabi"],
            extra_link_args=["-pthread"],
            py_limited_api=True,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
