// Takes the frames. The player's code comes once with the page, so that it needn't travel with every chunk.
export default function ({ data, parentElement, setTriggerValue }) {
  const seat = parentElement;
  seat.latest = () => {
    const player = seat.player || (seat.player = globalThis.backpropPlayer(seat));
    player.trigger = setTriggerValue;
    if (data && data.length) player.receive(data);
  };
  if (globalThis.backpropPlayer) seat.latest();
  else if (!seat.waiting) {
    seat.waiting = () => seat.latest();
    globalThis.addEventListener("backprop-player", seat.waiting, { once: true });
  }
  return () => {
    globalThis.removeEventListener("backprop-player", seat.waiting);
    if (seat.player) seat.player.stop();
  };
}
