/** A text as a literal that Python reads back: JSON in ASCII, since Python would take two halves of a letter as two letters. */
function pythonText(text: string): string {
  return JSON.stringify(text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

/** Values one a line, each as JSON in a literal. */
const literals = (values: readonly unknown[]): string => values.map((value) => `    ${pythonText(JSON.stringify(value))},\n`).join('');

/** The program that replays runs and registered models against an MLflow server. */
export function replayScript(experiment: string, runs: readonly unknown[], models: readonly unknown[]): string {
  return `#!/usr/bin/env python3
"""Sends runs and registered models to an MLflow server by its REST API. Needs nothing but Python 3.

    python3 replay.py --uri http://127.0.0.1:5000

The address may stand in MLFLOW_TRACKING_URI instead; MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME with
MLFLOW_TRACKING_PASSWORD, are sent when they are set. What the server has already is not sent again.
"""
import argparse
import base64
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

EXPERIMENT = json.loads(${pythonText(JSON.stringify(experiment))})
RUNS = [json.loads(line) for line in [
${literals(runs)}]]
MODELS = [json.loads(line) for line in [
${literals(models)}]]
${PROGRAM}`;
}

const PROGRAM = `
# One request may hold as many (mlflow/utils/validation.py).
MOST_METRICS, MOST_PARAMS, MOST_TAGS = 1000, 100, 100


class ApiError(Exception):
    def __init__(self, status, code, message):
        super().__init__("%s %s: %s" % (status, code, message))
        self.code = code


class Server:
    def __init__(self, uri):
        self.root = uri.rstrip("/") + "/api/2.0/mlflow/"
        self.headers = {"Content-Type": "application/json"}
        token, user = os.environ.get("MLFLOW_TRACKING_TOKEN"), os.environ.get("MLFLOW_TRACKING_USERNAME")
        if token:
            self.headers["Authorization"] = "Bearer " + token
        elif user:
            pair = user + ":" + os.environ.get("MLFLOW_TRACKING_PASSWORD", "")
            self.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()

    def call(self, method, path, fields):
        url, body = self.root + path, None
        if method == "GET":
            url += "?" + urllib.parse.urlencode(fields)
        else:
            body = json.dumps(fields).encode()
        request = urllib.request.Request(url, data=body, headers=self.headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            text = error.read().decode(errors="replace")
            try:
                said = json.loads(text)
                raise ApiError(error.code, said["error_code"], said.get("message", "")) from None
            except (ValueError, KeyError, TypeError):
                raise ApiError(error.code, "HTTP", text[:200]) from None

    def post(self, path, **fields):
        return self.call("POST", path, fields)

    def get(self, path, **fields):
        return self.call("GET", path, fields)


def parts(items, size):
    return [items[at:at + size] for at in range(0, len(items), size)]


def experiment_of(server):
    try:
        return server.get("experiments/get-by-name", experiment_name=EXPERIMENT)["experiment"]["experiment_id"]
    except ApiError as error:
        if error.code != "RESOURCE_DOES_NOT_EXIST":
            raise
    return server.post("experiments/create", name=EXPERIMENT)["experiment_id"]


def known_run(server, experiment, run):
    """The run on the server, when it is there and whole; one that was broken off is deleted."""
    found = server.post("runs/search", experiment_ids=[experiment], filter="tags.\`looplab.run\` = '%s'" % run["id"], max_results=10).get("runs", [])
    for one in found:
        tags = {tag["key"]: tag["value"] for tag in one["data"].get("tags", [])}
        if tags.get("looplab.whole") == "true":
            return one["info"]
        server.post("runs/delete", run_id=one["info"]["run_id"])
    return None


def send_run(server, experiment, run):
    info = known_run(server, experiment, run)
    if info:
        return info, False
    tags = parts(run["tags"], MOST_TAGS)
    info = server.post("runs/create", experiment_id=experiment, run_name=run["name"], start_time=run["start_time"], tags=tags[0])["run"]["info"]
    own = info["run_id"]
    for some in tags[1:]:
        server.post("runs/log-batch", run_id=own, tags=some)
    for some in parts(run["params"], MOST_PARAMS):
        server.post("runs/log-batch", run_id=own, params=some)
    for some in parts(run["metrics"], MOST_METRICS):
        server.post("runs/log-batch", run_id=own, metrics=some)
    server.post("runs/log-inputs", run_id=own, datasets=run["datasets"])
    server.post("runs/update", run_id=own, status="FINISHED", end_time=run["end_time"])
    server.post("runs/set-tag", run_id=own, key="looplab.whole", value="true")
    return info, True


def known_versions(server, name):
    """Numbers on the server by the lab's own numbers."""
    query = "name='%s'" % name
    known, page = {}, None
    while True:
        more = {"page_token": page} if page else {}
        answer = server.get("model-versions/search", filter=query, max_results=100, **more)
        for one in answer.get("model_versions", []):
            tags = {tag["key"]: tag["value"] for tag in one.get("tags", [])}
            if "looplab.version" in tags:
                known[int(tags["looplab.version"])] = one["version"]
        page = answer.get("next_page_token")
        if not page:
            return known


def send_model(server, model, infos):
    try:
        server.post("registered-models/create", name=model["name"])
    except ApiError as error:
        if error.code != "RESOURCE_ALREADY_EXISTS":
            raise
    known, sent = known_versions(server, model["name"]), 0
    for version in model["versions"]:
        if version["version"] in known:
            continue
        info = infos.get(version["run"])
        if info is None:
            print("  %s version %s left out: its run is not among those above" % (model["name"], version["version"]))
            continue
        made = server.post("model-versions/create", name=model["name"], source=info["artifact_uri"].rstrip("/") + "/model", run_id=info["run_id"], description=version["description"], tags=version["tags"])
        known[version["version"]] = made["model_version"]["version"]
        sent += 1
    for alias, version in model["aliases"].items():
        if version in known:
            server.post("registered-models/alias", name=model["name"], alias=alias, version=str(known[version]))
    return sent


def main():
    reader = argparse.ArgumentParser(description="Send runs and registered models to an MLflow server.")
    reader.add_argument("--uri", default=os.environ.get("MLFLOW_TRACKING_URI"), help="address of the server, such as http://127.0.0.1:5000")
    uri = reader.parse_args().uri
    if not uri or not uri.startswith(("http://", "https://")):
        reader.error("--uri (or MLFLOW_TRACKING_URI) must be the http address of a server")
    server = Server(uri)
    try:
        experiment = experiment_of(server)
        infos, fresh = {}, 0
        for run in RUNS:
            infos[run["id"]], new = send_run(server, experiment, run)
            fresh += new
            print("%s %s" % ("sent " if new else "there", run["name"]))
        versions = sum(send_model(server, model, infos) for model in MODELS)
    except (ApiError, urllib.error.URLError, OSError) as error:
        sys.exit("replay: %s" % error)
    print("%d of %d runs and %d model versions sent to %s" % (fresh, len(RUNS), versions, uri))


if __name__ == "__main__":
    main()
`;
