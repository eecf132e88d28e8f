"""Writes operations.json: the API operations of every AWS service, from botocore's service models (Apache-2.0).

    pip download --no-deps botocore && unzip -q botocore-*.whl && python3 build-operations.py botocore VERSION > operations.json

An event's source is named after a service's endpoint prefix, sometimes after its signing name, so both are kept as keys.
"""

import gzip
import json
import sys
from pathlib import Path

root, version = Path(sys.argv[1]) / "data", sys.argv[2]
services: dict[str, set[str]] = {}
for model_file in sorted(root.glob("*/*/service-2.json.gz")):
    model = json.loads(gzip.decompress(model_file.read_bytes()))
    meta = model["metadata"]
    for key in {meta["endpointPrefix"], meta.get("signingName", meta["endpointPrefix"])}:
        services.setdefault(key, set()).update(model["operations"])

json.dump(
    {
        "source": f"botocore {version}, service models, Apache-2.0",
        "services": {key: " ".join(sorted(names)) for key, names in sorted(services.items())},
    },
    sys.stdout,
    indent=0,
)
