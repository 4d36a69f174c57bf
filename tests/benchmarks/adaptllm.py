"""CPU seconds of AdaptLLM's raw-to-reading-comprehension code: ``python adaptllm.py FOLDER DOCUMENTS``.

Run by `tests.benchmarks.extraction` with an interpreter of its own, as it needs packages that this project does not
(pysbd, sentencepiece, numpy, tqdm). FOLDER is a checkout of `microsoft/LMOps/adaptllm`, of which nothing is copied
here; DOCUMENTS holds one text a line, as JSON. Models are loaded before the clock starts.
"""

import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace


def main() -> None:
    folder, documents = Path(sys.argv[1]), Path(sys.argv[2])
    sys.path.insert(0, str(folder))
    from pysbd import Segmenter
    from raw2read import search
    from utils.read import TYPES, type_map

    general, domain = (str(folder / "data_samples" / f"{name}.spm") for name in ("general", "domain"))
    tasks = {name: type_map.cls_dic[name]() for name in TYPES}
    overall = type_map.cls_dic["overall"]()
    for task in (*tasks.values(), overall):
        task.init_spm(general, domain)
    # It cuts each text to what its model reads; what is left is counted.
    kept, cut = [0], overall.truncate_sentence

    def counted(text: str, max_len: int) -> str:
        shortened: str = cut(text, max_len=max_len)
        kept[0] += len(shortened)
        return shortened

    overall.truncate_sentence = counted
    segmenter = Segmenter(language="en", clean=False)
    texts = [json.loads(line) for line in documents.read_text().splitlines()]
    failed = 0
    start = time.process_time()
    for number, text in enumerate(texts):
        entry = {"text": text.strip(), "text_id": number, "file_name": str(number)}
        try:
            search(entry, overall, segmenter, tasks, SimpleNamespace(domain_name="software"))
        except Exception:
            failed += 1
    spent = time.process_time() - start
    print(json.dumps({"cpu_seconds": spent, "documents": len(texts), "failed": failed, "chars_read": kept[0]}))


if __name__ == "__main__":
    main()
