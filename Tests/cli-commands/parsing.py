"""Parses command lines as one version of the AWS CLI does, and sends nothing.

usage: PYTHON parsing.py     (run by a Python that has awscli; reads a list of commands as JSON, and answers as JSON)

Each command is {"argv": the words behind `aws`}; a mention, {"argv": …, "isMention": true}, may lack what is required.
The answer has the AWS CLI's version, and for each command its outcome: `accepted` with the operation, the parameters as
botocore gets them and botocore's complaints about them, `refused` with the reason, or `unknown` with what is not known.
"""

import base64
import contextlib
import io
import json
import os
import socket
import sys

import awscli
from awscli import clidriver
from awscli.customizations import waiters
from botocore.validate import ParamValidator

if awscli.__version__.startswith("2."):
    from awscli.customizations import binaryformat


class Parser:
    """The command line of this version, its callers replaced by one that only keeps what it is given."""

    def __init__(self):
        self.driver = clidriver.create_clidriver()
        self.calls, self.formats, self.registered = [], [], []
        for caller in (clidriver.CLIOperationCaller, waiters.WaiterCaller):
            caller.invoke = lambda _, *call: self._keep(*call)
        clidriver.get_stderr_text_writer = lambda: sys.stderr
        if hasattr(self.driver, "_error_handler"):
            self.driver._error_handler.handle_exception = self._raise
            binaryformat.BinaryFormatHandler.register = lambda handler, session: (
                self.formats.append(handler._format)
            )
        self._register = self.driver.session.register
        self.driver.session.register = self._note

    def _keep(self, service, operation, parameters, _):
        self.calls.append((service, operation, parameters))
        return 0

    @staticmethod
    def _raise(fault, **_):
        raise fault

    def _note(self, *arguments, **named):
        self.registered.append((arguments, named))
        self._register(*arguments, **named)

    def parse(self, command):
        service, operation, *_ = [*command["argv"], None]
        services = self.driver._get_command_table()
        if service not in services:
            return {"outcome": "unknown", "what": f"service {service}"}
        table = services[service]._get_command_table()
        if operation not in table:
            return {"outcome": "unknown", "what": f"operation {service} {operation}"}
        if command.get("needsJSON"):
            return {
                "outcome": "accepted",
                "hasJSON": "cli-input-json"
                in getattr(table[operation], "arg_table", {}),
            }
        try:
            return self._run(command)
        finally:
            # What one command registers must not act on the next.
            for arguments, named in self.registered:
                with contextlib.suppress(Exception):
                    self.driver.session.unregister(*arguments[:2], **named)
            self.calls, self.formats, self.registered = [], [], []
            if operation == "wait":
                services[service]._command_table = None
            elif operation in table:
                table[operation]._arg_table = None

    def _run(self, command):
        said = io.StringIO()
        try:
            with (
                contextlib.redirect_stderr(said),
                contextlib.redirect_stdout(io.StringIO()),
            ):
                status = self.driver.main(list(command["argv"]))
        except SystemExit as fault:
            status = fault.code
        except Exception as fault:  # noqa: BLE001 whatever it is, the command was refused
            status, said = 255, io.StringIO(f"{type(fault).__name__}: {fault}")
        reason = (said.getvalue().strip() or "nothing said").splitlines()[-1]
        if status == 0 and len(self.calls) == 1:
            try:
                return self._judge(*self.calls[0])
            except Exception as fault:  # noqa: BLE001 as above
                reason = f"{type(fault).__name__}: {fault}"
        if command.get("isMention") and "arguments are required" in reason:
            return {"outcome": "accepted"}
        return {
            "outcome": "refused",
            "reason": f"status {status}, {len(self.calls)} calls: {reason[:300]}",
        }

    def _judge(self, service, operation, parameters):
        model = self.driver.session.get_service_model(service).operation_model(
            operation
        )
        given = json.loads(json.dumps(parameters, default=_bytes))
        if self.formats == ["base64"]:
            binaryformat.base64_decode_input_blobs(parameters, model)
        faults = ""
        if model.input_shape is not None:
            faults = (
                ParamValidator()
                .validate(parameters, model.input_shape)
                .generate_report()
            )
        return {
            "outcome": "accepted",
            "operation": f"{service}.{operation}",
            "given": given,
            "faults": faults,
            "sent": json.loads(json.dumps(parameters, default=_bytes)),
        }


def _bytes(value):
    return {"$bytes": base64.b64encode(value).decode()}


def _no_network(*_):
    raise OSError("this test must not use a network")


def main():
    # awscli itself has set where its data is.
    for name in [
        name
        for name in os.environ
        if name.startswith("AWS_") and name != "AWS_DATA_PATH"
    ]:
        del os.environ[name]
    os.environ.update(
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
    )
    socket.socket.connect = _no_network
    socket.getaddrinfo = _no_network
    parser = Parser()
    answers = []
    for command in json.load(sys.stdin):
        answer = parser.parse(command)
        if "'Namespace' object has no attribute" in answer.get("reason", ""):
            # Arguments that an earlier command of this process has added, and this one has not.
            parser = Parser()
            answer = parser.parse(command)
        answers.append(answer)
    json.dump({"version": awscli.__version__, "answers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
