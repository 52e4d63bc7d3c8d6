  function drawPoints(state) {
    const { header, colors, points: data } = state, count = data.length / 3;
    points = document.createElement("canvas");
    const ctx = sizeCanvas(points, size, size);
    for (let n = state.showTest ? count - 1 : header.dataset.train - 1; n >= 0; n--) {
      const x = px(data[3 * n]), y = py(data[3 * n + 1]), target = data[3 * n + 2], train = n < header.dataset.train;
      if (header.dataset.kind === "regression") {
        const color = cssColor(colors.diverging((target - header.output.center) / header.output.scale));
        const disc = (radius, fill) => {
          ctx.fillStyle = fill;
          ctx.beginPath();
          ctx.arc(x, y, radius, 0, 7);
          ctx.fill();
        };
        disc(5.2, colors.bg);
        disc(4.4, colors.ink);
        disc(3.4, color);
        if (!train) disc(1.7, colors.bg);
        continue;
      }
      const palette = target % 10, mark = new Path2D(markPath(palette, x, y, train ? 3.7 : 3.5));
      ctx.fillStyle = train ? colors.marks[palette] : colors.bg;
      ctx.strokeStyle = train ? colors.bg : colors.marks[palette];
      ctx.lineWidth = train ? 1.3 : 2;
      ctx.fill(mark);
      ctx.stroke(mark);
    }
  }

