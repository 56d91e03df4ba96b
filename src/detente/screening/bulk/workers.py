"""Batches screened by several processes, given back in their order.

Each worker has one batch at a time, so it is known which batch a worker died of: it is given to a
new worker once, and a second death is an error that names it. A bounded number of batches is under
way, so that a slow output holds up the reading and not the memory.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Final

import msgspec

from detente.errors import DetenteError, UsageError
from detente.screening.bulk.batches import Answer, Batch, Done, Factory, Settings, screen

_AHEAD: Final = 3
"""Batches under way for each worker: one in work, others done that wait for their turn."""
_PATIENCE: Final = 2.0
"""Seconds that a worker is given to end."""
_DONE: Final = msgspec.msgpack.Decoder(Done)

_OK, _FAILED = b"+", b"-"


def screened(
    batches: Iterator[Batch], factory: Factory, settings: Settings, workers: int
) -> Generator[tuple[Batch, Done], None, None]:
    """Yield each batch with what came of it, in order.

    Args:
        batches: what is to be screened.
        factory: makes the answer, in each process.
        settings: what the processes must know.
        workers: how many processes; with 1, this one.

    Raises:
        UsageError: a worker died twice of the same batch.
    """
    if workers > 1:
        yield from _Pool(factory, settings, workers).run(batches)
        return
    answer: Answer | None = None
    for batch in batches:
        if answer is None:
            answer = factory()
        yield batch, screen(answer, settings, batch.payload)


class _Worker:
    """A process, our end of the pipe to it, and the batch that it has."""

    def __init__(self, factory: Factory, settings: Settings) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_work, args=(theirs, factory, settings), daemon=True
        )
        with _uninterrupted():
            self.process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        self.batch: Batch | None = None

    def end(self) -> None:
        """End the process, gently if it lets itself be."""
        self.pipe.close()
        if self.batch is not None:
            self.process.terminate()
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Ctrl-C from a process that is being started, whose imports it would interrupt.

    What is blocked here stays blocked there; here, one that came meanwhile comes afterwards.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # starting it lets the signal in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Pool:
    """Workers, and the batches that are under way."""

    def __init__(self, factory: Factory, settings: Settings, workers: int) -> None:
        self._factory, self._settings = factory, settings
        self._count = workers
        self._workers: list[_Worker] = []
        self._again: deque[Batch] = deque()
        self._died: dict[int, str] = {}
        self._ready: dict[int, tuple[Batch, Done]] = {}

    def run(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, Done]]:
        """Yield each batch with what came of it, in order."""
        try:
            while True:
                self._hand_out(batches)
                if not self._busy() and not self._ready:
                    return
                self._collect()
                while self._ready and self._first() in self._ready:
                    yield self._ready.pop(self._first())
        finally:
            for worker in self._workers:
                worker.end()

    def _first(self) -> int:
        """The number of the first batch that is under way."""
        waiting = [batch.number for batch in (*self._again, *self._busy())]
        return min((*waiting, *self._ready))

    def _busy(self) -> list[Batch]:
        return [worker.batch for worker in self._workers if worker.batch is not None]

    def _hand_out(self, batches: Iterator[Batch]) -> None:
        """Give every idle worker a batch, as long as not too many are under way."""
        while True:
            idle = next((worker for worker in self._workers if worker.batch is None), None)
            if idle is None and len(self._workers) == self._count:
                return
            under_way = len(self._busy()) + len(self._again) + len(self._ready)
            if self._again:
                batch = self._again.popleft()
            elif under_way < self._count * _AHEAD:
                following = next(batches, None)
                if following is None:
                    return
                batch = following
            else:
                return
            if idle is None:
                idle = _Worker(self._factory, self._settings)
                self._workers.append(idle)
            idle.batch = batch
            with suppress(OSError):  # it died while it was idle: found when its answer is read
                idle.pipe.send_bytes(batch.payload)

    def _collect(self) -> None:
        """Wait for workers and take what they have."""
        pipes = {worker.pipe: worker for worker in self._workers if worker.batch is not None}
        for pipe in wait(list(pipes)) if pipes else ():
            assert isinstance(pipe, Connection)
            worker = pipes[pipe]
            batch = worker.batch
            assert batch is not None
            try:
                answer = pipe.recv_bytes()
                failure = pipe.recv() if answer[:1] == _FAILED else None
            except (EOFError, OSError):
                self._bury(worker, batch)
                continue
            worker.batch = None
            if failure is not None:
                raise failure
            self._ready[batch.number] = (batch, _DONE.decode(memoryview(answer)[1:]))

    def _bury(self, worker: _Worker, batch: Batch) -> None:
        """Take leave of a worker that died; its batch is tried once more."""
        worker.end()
        self._workers.remove(worker)
        code = worker.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        if batch.number in self._died:
            raise UsageError(
                f"a worker process died twice ({self._died[batch.number]}, then {how}) on batch "
                f"{batch.number + 1}, rows {batch.first} to {batch.last}; try fewer workers or "
                "smaller batches, or take these rows out"
            )
        self._died[batch.number] = how
        self._again.append(batch)


def _work(pipe: Connection, factory: Factory, settings: Settings) -> None:
    """Screen what comes through the pipe until it is closed: the life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process decides
    answer: Answer | None = None
    with suppress(EOFError, OSError):
        while True:
            payload = pipe.recv_bytes()
            try:
                if answer is None:
                    answer = factory()
                done = screen(answer, settings, payload)
            except Exception as error:  # noqa: BLE001 - raised again in the first process
                pipe.send_bytes(_FAILED)
                pipe.send(_portable(error))
                continue
            pipe.send_bytes(_OK + msgspec.msgpack.encode(done))


def _portable(error: Exception) -> Exception:
    """The error itself if it can travel, or else one that says the same."""
    import pickle
    import traceback

    if isinstance(error, DetenteError):
        return UsageError(str(error))
    error.add_note("in a worker process:\n" + "".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever it is that cannot travel
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
