"""A run broken on purpose: its settings, schedules, stop conditions, its record, its link."""

from tests.mutants.mutant import Mutant

MUTANTS = (
    Mutant(
        "a sweep that forgets a run whose worker died", "sweep",
        "                    again.append(index)", "                    take(trained(wanted[0], epochs, 0))",
        "sweep",
    ),
    Mutant(
        "a sweep whose runs share their first points", "sweep",
        "if key != (drawn := _data_key(experiment)):",
        "if data is None and (drawn := _data_key(experiment)):",
        "sweep",
    ),
    Mutant(
        "a run that keeps the parameters with which it overflowed", "sweep",
        "np.copyto(self._trainer.net.theta, self._theta)", "np.copyto(self._theta, self._trainer.net.theta)",
        "sweep",
    ),
    Mutant(
        "a cancelled sweep whose runs still wait for a worker", "sweep",
        "            future.cancel()", "            pass",
        "sweep",
    ),
    Mutant(
        "lows that outlive the frames given up", "timeline",
        "del series[length:]\n        self._lows.restart(self.train_losses)", "del series[length:]",
        "stopping",
    ),
    Mutant(
        "the lowest loss so far for the lowest since", "stopping",
        "bisect_left(self._places, i)", "0",
        "stopping",
    ),
    Mutant(
        "settings that drop the momentum", "settings",
        "if type(new) is type(old):", "if False:",
        "training",
    ),
    Mutant(
        "settings that drop the schedule", "settings",
        "trainer.frozen, trainer.schedule = frozen, self.rate_at", "trainer.frozen = frozen",
        "experiment",
    ),
    Mutant(
        "a rate that starts its schedule again", "settings",
        'self.rate_at(trainer.epochs_done)', 'self.rate_at(0)',
        "training",
    ),
    Mutant(
        "a frozen index one beyond the last", "settings",
        "frozen.max() >= trainer", "frozen.max() > trainer",
        "edits",
    ),
    Mutant(
        "an optimiser without its own parameters", "settings",
        "self.weight_decay, **dict(self.parameters)", "self.weight_decay",
        "timeline",
    ),
    Mutant(
        "a seek that is off by one", "timeline",
        "for at in range(start, frame)", "for at in range(start, frame - 1)",
        "timeline",
    ),
    Mutant(
        "a replay with today's settings", "timeline",
        "(self._pace_at(at).settings, self", "(self.pace.settings, self",
        "timeline",
    ),
    Mutant(
        "a diverged network kept", "timeline",
        "            self._restore(frame)\n            return False", "            return False",
        "timeline",
    ),
    Mutant(
        "states that are never thinned", "timeline",
        "self._states.pop(leaving, None)", "pass",
        "timeline",
    ),
    Mutant(
        "a score of the training samples", "timeline",
        "self.test_metrics, self._lows", "self.train_metrics, self._lows",
        "stopping",
    ),
    Mutant(
        "an edit that no replay knows", "timeline",
        "self._edits.setdefault(frame, {})[index] = written", "pass",
        "edits",
    ),
    Mutant(
        "an edit that the journal does not hold", "timeline",
        "self._note(ParameterSet(frame, index, written))", "pass",
        "run",
    ),
    Mutant(
        "edits of frame 0 written late", "timeline",
        "        self._write_edits(0)\n        self._append(trainer.measure())\n\n    @property",
        "        self._append(trainer.measure())\n\n    @property",
        "run",
    ),
    Mutant(
        "edits that a rebuilt frame lacks", "timeline",
        "            if frame is not None:", "            if False:",
        "run",
    ),
    Mutant(
        "a change that holds one frame late", "timeline",
        "reversed(self._paces) if start <= frame)", "reversed(self._paces) if start < frame or not start)",
        "run",
    ),
    Mutant(
        "a change that leaves the frames ahead", "timeline",
        "            self.forget_later()\n            for entry in entries:",
        "            for entry in entries:",
        "run",
    ),
    Mutant(
        "later entries that outlive a rewind", "timeline",
        "[entry for entry in self._journal if entry.frame <= frame]", "list(self._journal)",
        "run",
    ),
    Mutant(
        "an undo that leaves the frame as it was", "timeline",
        "            self._train_again()\n", "            pass\n",
        "run",
    ),
    Mutant(
        "an undo of the oldest change", "timeline",
        "entry, first = self._journal[-1]", "entry, first = self._journal[0]",
        "run",
    ),
    Mutant(
        "a journal without end", "timeline",
        "if len(kept) <= MOST_ENTRIES and", "if",
        "run",
    ),
    Mutant(
        "entries that never fold", "run",
        "        kept.pop(entry.key, None)\n        kept[entry.key] = entry",
        "        kept[(entry.frame, len(kept))] = entry",
        "run",
    ),
    Mutant(
        "a journal out of order", "run",
        "if frames != sorted(frames):", "if False:",
        "run",
    ),
    Mutant(
        "an entry for a parameter beyond the last", "run",
        "ParameterSet(index=index) if index >= count", "ParameterSet(index=index) if index > count",
        "run",
    ),
    Mutant(
        "what holds from the frame before", "run",
        "reversed(self.moments) if start <= frame)", "reversed(self.moments) if start <= frame + 1)",
        "run",
    ),
    Mutant(
        "a link without its journal", "run",
        "    if run.journal:\n", "    if False:\n",
        "run",
    ),
    Mutant(
        "a bad value that costs the whole link", "links",
        "made, values = make(**wanted), wanted", "made, values = make(**wanted), {}",
        "open_link",
    ),
    Mutant(
        "missing values that are not fitted", "experiment",
        "            return default.changed(**values)", "            return default",
        "open_link",
    ),
    Mutant(
        "one activation for the first layer only", "experiment",
        "(*given, *given[-1:] * layers)[:layers]", "(*given, *default.activations)[:layers]",
        "open_link",
    ),
    Mutant(
        "an input of TensorFlow Playground that is on unless told", "tf_playground",
        "else feature in ON_AT_FIRST", "else True",
        "open_link",
    ),
    Mutant(
        "percent read as a share", "tf_playground",
        "float(percent) / 100", "float(percent)",
        "open_link",
    ),
    Mutant(
        "a line that says what was changed later", "provenance",
        "        if frame > run.frame:\n            break\n", "",
        "run",
    ),
    Mutant(
        "clipped steps counted since the start", "timeline",
        "values[-1] -= self.clipped[max(frame - 1, 0)]", "pass",
        "timeline",
    ),
    Mutant(
        "a frame that runs past the stop epoch", "timeline",
        "pace.stop.epoch - self.trainer.epochs_done if pace.stop.epoch else pace.speed", "pace.speed",
        "stopping",
    ),
    Mutant(
        "a stop that forbids to go on from earlier", "timeline",
        "        if self.frame < self.last:\n            yield from self._seek",
        "        if False:\n            yield from self._seek",
        "stopping",
    ),
    Mutant(
        "a pause half-way between two frames", "timeline",
        "                    self._stand(home)\n", "",
        "slices",
    ),
    Mutant(
        "slices that go on in a run that has changed", "timeline",
        "if self.revision != revision:", "if False:",
        "slices",
    ),
    Mutant(
        "slices that go on from the frame on show", "timeline",
        "                    self._stand(away)\n", "",
        "slices",
    ),
    Mutant(
        "a rebuilt frame that is forgotten at once", "timeline",
        "self._visited[frame] = self.trainer.state()", "pass",
        "slices",
    ),
    Mutant(
        "rebuilt frames that outlive their run", "timeline",
        "self._visited = {frame: state for frame, state in self._visited.items() if frame < length}", "pass",
        "slices",
    ),
    Mutant(
        "infinite weights behind a finite loss", "timeline",
        "record.finite and math.isfinite(float(self.trainer.net.theta.sum()))", "record.finite",
        "timeline",
    ),
    Mutant(
        "the two classes swapped", "experiment",
        "np.where(values == 0, high, low)", "np.where(values == 0, low, high)",
        "experiment",
    ),
    Mutant(
        "a seed that doesn't reach the order", "experiment",
        "default_rng([self.seed, 1])", "default_rng(1)",
        "experiment",
    ),
    Mutant(
        "a frozen index that outlives its network", "experiment",
        'changes["frozen"] = ()', "pass",
        "edits",
    ),
    Mutant(
        "accuracy at ½ whatever the range", "experiment",
        "sum(self.range) / 2", "0.5",
        "experiment",
    ),
    Mutant(
        "a new layer like the first one", "experiment",
        "known[-1:] * count", "known[:1] * count",
        "experiment",
    ),
    Mutant(
        "noise that never reaches the data", "experiment",
        '"samples", "noise", "train_share")', '"samples", "train_share")',
        "experiment",
    ),
    Mutant(
        "points that change with the weights' seed", "experiment",
        "default_rng(self.data_seed)", "default_rng(self.seed)",
        "experiment",
    ),
    Mutant(
        "a link that forgets one field", "links",
        "!= getattr(default, name)", '!= getattr(default, name) and name != "bias"',
        "rows",
    ),
    Mutant(
        "parameters read as text", "link_values",
        '_read_whole(text) if text.lstrip("-").isdigit() else _read_number(text)', 'text',
        "rows",
    ),
    Mutant(
        "a provenance that says the optimiser's numbers twice", "provenance",
        'getattr(e, f"{choice}_parameters")', "e.optimizer_parameters",
        "rows",
    ),
    Mutant(
        "left out: weight decay taken for a penalty", "provenance",
        'PENALTIES.get(e.regularization, "")', 'PENALTIES.get(e.regularization, "the L2 penalty")',
        "rows",
    ),
    Mutant("a constant rate that falls", "schedules", "lambda t: 1.0", "lambda t: 1 / (1 + t)", "schedules"),
    Mutant("a step schedule without steps", "schedules", "t // every", "t / every", "schedules"),
    Mutant("steps one epoch early", "schedules", "t // every", "(t + 1) // every", "schedules"),
    Mutant("1/t that forgets its decay", "schedules", "1.0 + decay * t", "1.0 + t", "schedules"),
    Mutant("decay to the power of 1", "schedules", "decay**t", "decay * t if t else 1.0", "schedules"),
    Mutant("a cosine that rises again", "schedules", "min(t / epochs, 1.0)", "t / epochs", "schedules"),
    Mutant("a cosine from above the base", "schedules", "final + (1.0 - final) *", "final +", "schedules"),
    Mutant(
        "a warm-up that begins at 0", "schedules",
        "(epoch + 1.0) / (warmup + 1.0)", "epoch / warmup",
        "schedules",
    ),
    Mutant(
        "a schedule that counts the warm-up", "schedules",
        "schedule.factor(epoch - warmup", "schedule.factor(epoch",
        "schedules",
    ),
    Mutant("a stop one epoch late", "stopping", "epoch >= self.epoch", "epoch > self.epoch", "stopping"),
    Mutant(
        "a stop epoch that can be missed", "stopping",
        "epoch >= self.epoch", "epoch == self.epoch",
        "stopping",
    ),
    Mutant("a stop at the very loss", "stopping", "loss < self.loss", "loss <= self.loss", "stopping"),
    Mutant("a stop above the score only", "stopping", "metric >= self", "metric > self", "stopping"),
    Mutant(
        "a plateau only where the loss rises", "stopping",
        "lows.before(recent) * (1 - IMPROVEMENT)", "lows.before(recent)",
        "stopping",
    ),
    Mutant(
        "a plateau though it fell by just 0.1 %", "stopping",
        "lows.since(recent) > lows", "lows.since(recent) >= lows",
        "stopping",
    ),
    Mutant(
        "a plateau an epoch too long", "stopping",
        "recent = bisect_right(epochs", "recent = bisect_left(epochs",
        "stopping",
    ),
    Mutant(
        "a plateau counted in frames", "stopping",
        "bisect_right(epochs, epoch - self.plateau)",
        "max(0, len(epochs) - self.plateau)",
        "stopping",
    ),
    Mutant(
        "a plateau by the last loss alone", "stopping",
        "if recent and lows.since(recent) >", "if recent and loss >",
        "stopping",
    ),
    Mutant(
        "a plateau by the loss just before", "stopping",
        "> lows.before(recent)", "> losses[recent - 1]",
        "stopping",
    ),
    Mutant(
        "a checkpoint without the order", "checkpoint",
        "not np.array_equal(np.sort(order), np.arange(len(order)))", "False",
        "checkpoint",
    ),
    Mutant(
        "a checkpoint in single precision", "checkpoint",
        '"theta": _packed(state["theta"], "<f8")', '"theta": _packed(state["theta"].astype("f4"), "<f8")',
        "checkpoint",
    ),
    Mutant(
        "a checkpoint with another rule's settings", "checkpoint",
        "    if given != own:\n        raise ValueError\n    return own", "    return given",
        "checkpoint",
    ),
    Mutant(
        "a checkpoint of any frame", "timeline",
        'if (state["epoch"], state["position"], state["step"]) != moment:', "if False:",
        "checkpoint",
    ),
    Mutant(
        "told numbers that are kept", "timeline",
        "self._correct(frame, self.trainer.measure())", "pass",
        "checkpoint",
    ),
    Mutant(
        "epochs counted from the middle of one", "timeline",
        "epochs = steps[-1] // per_epoch + count", "epochs = steps[-1] / per_epoch + count",
        "checkpoint",
    ),
)  # fmt: skip
