// Takes what is sent to a view (player, stage or board). Its code comes once with the page, so that it needn't travel
// with every message; the name of the VIEW is put before this script when it is sent.

const NAME = "backprop-" + VIEW, HOMELESS = NAME + "-homeless";
const KEPT = 2000; // ms that a view without a seat waits for another one

// A slow browser takes a seat away and puts a new one in its place: what plays there goes on playing.
function takeSeat(seat) {
  const kept = globalThis[HOMELESS];
  if (!kept) return globalThis[NAME](seat);
  delete globalThis[HOMELESS];
  seat.replaceChildren(...kept.nodes);
  kept.view.wake();
  return kept.view;
}

function leaveSeat(seat) {
  const { view } = seat, kept = { view, nodes: [...seat.childNodes] };
  delete seat.view;
  if (!view) return;
  view.rest();
  view.trigger = () => {};
  globalThis[HOMELESS] = kept;
  setTimeout(() => { if (globalThis[HOMELESS] === kept) delete globalThis[HOMELESS]; }, KEPT);
}

export default function ({ data, parentElement: seat, setTriggerValue }) {
  seat.latest = () => {
    if (!seat.view) seat.view = takeSeat(seat);
    seat.view.trigger = setTriggerValue;
    if (data && data.length) seat.view.receive(data);
  };
  if (globalThis[NAME]) seat.latest();
  else if (!seat.waiting) {
    seat.waiting = () => seat.latest();
    globalThis.addEventListener(NAME, seat.waiting, { once: true });
  }
  return () => {
    if (seat.isConnected) return; // a slow browser also calls this for a message that the next one overtook
    globalThis.removeEventListener(NAME, seat.waiting);
    leaveSeat(seat);
  };
}
