// Takes the runs. The stage's code comes once with the page, so that it needn't travel with every run.
export default function ({ data, parentElement, setTriggerValue }) {
  const seat = parentElement;
  seat.latest = () => {
    const stage = seat.stage || (seat.stage = globalThis.backpropDescent(seat));
    stage.trigger = setTriggerValue;
    if (data && data.length) stage.receive(data);
  };
  if (globalThis.backpropDescent) seat.latest();
  else if (!seat.waiting) {
    seat.waiting = () => seat.latest();
    globalThis.addEventListener("backprop-descent", seat.waiting, { once: true });
  }
  return () => {
    globalThis.removeEventListener("backprop-descent", seat.waiting);
    if (seat.stage) seat.stage.stop();
  };
}
