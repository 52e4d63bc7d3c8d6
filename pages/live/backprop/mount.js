// Takes the steps. The board's code comes once with the page, so that it needn't travel with every step.
export default function ({ data, parentElement, setTriggerValue }) {
  const seat = parentElement;
  seat.latest = () => {
    const board = seat.board || (seat.board = globalThis.backpropBoard(seat));
    board.trigger = setTriggerValue;
    if (data && data.length) board.receive(data);
  };
  if (globalThis.backpropBoard) seat.latest();
  else if (!seat.waiting) {
    seat.waiting = () => seat.latest();
    globalThis.addEventListener("backprop-board", seat.waiting, { once: true });
  }
  return () => {
    globalThis.removeEventListener("backprop-board", seat.waiting);
    if (seat.board) seat.board.stop();
  };
}
