// What `next_task.py` asks of the page; it runs before the page's own scripts.
(() => {
  const paints = [];
  const zooms = { key: [], wheel: [] };
  const events = new Map();
  const order = [];
  const ids = new Map();
  const frame = () => new Promise(requestAnimationFrame);
  const instruction = () => document.querySelector(".instruction-text")?.textContent ?? "";
  const open = () => ids.get(instruction());
  const paintsOf = (id) => paints.filter((one) => one.id === id);
  const shown = () =>
    [...document.querySelectorAll(".pane-area img")].filter(
      (image) => image.style.visibility !== "hidden",
    );
  let enter = 0;
  let expected = 0;

  performance.setResourceTimingBufferSize(100_000);
  new PerformanceObserver((list) => {
    for (const { url, renderTime } of list.getEntries())
      paints.push({ id: new URL(url).pathname.split("/")[2], at: renderTime });
  }).observe({ type: "element", buffered: true });
  // Durations are to the frame that shows what the event did, in steps of 8 ms.
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries())
      if (name === "keydown") events.set(startTime, duration);
  }).observe({ type: "event", durationThreshold: 16 });

  addEventListener(
    "keydown",
    ({ key, timeStamp }) => {
      if (key === "Enter") enter = timeStamp;
      if (key === "+" || key === "-") zooms.key.push(timeStamp);
    },
    true,
  );
  addEventListener(
    "wheel",
    ({ timeStamp }) => {
      expected += 1;
      requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => zooms.wheel.push(performance.now() - timeStamp);
        after.port2.postMessage(0);
      });
    },
    { capture: true, passive: true },
  );

  const real = window.fetch;
  window.fetch = async (...request) => {
    const answer = await real(...request);
    const { pathname } = new URL(request[0].url ?? request[0], location.href);
    if (!pathname.endsWith("/assignments")) return answer;
    const body = await answer.clone().json();
    for (const one of body.assignments) {
      if (!order.includes(one.id)) order.push(one.id);
      ids.set(one.instruction, one.id);
    }
    body.assignments = body.assignments.filter((one) => order.indexOf(one.id) < knownTasks);
    return new Response(JSON.stringify(body), answer);
  };

  const probe = {
    open,
    scriptBytes: () =>
      performance
        .getEntriesByType("resource")
        .filter(({ name }) => name.endsWith(".js"))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    async painted(before) {
      while (!open() || open() === before || paintsOf(open()).length < 2) await frame();
    },
    /** The time of the task that Enter brought, and whether a picture of it came after Enter. */
    next() {
      const id = open();
      const pictures = performance
        .getEntriesByType("resource")
        .filter(({ name }) => name.includes(`/i/${id}/`));
      const late = pictures.length === 0 || pictures.some(({ responseEnd }) => responseEnd > enter);
      return { ms: Math.max(...paintsOf(id).map(({ at }) => at)) - enter, late };
    },
    /** Waits until all shown pictures are that wide, and the page has nothing to do. */
    async sharp(widest) {
      while (!shown().every(({ naturalWidth }) => naturalWidth >= widest)) await frame();
      await probe.quiet();
      zooms.key = [];
      zooms.wheel = [];
      expected = 0;
    },
    async quiet() {
      for (let count = 0; count < 4; count += 1) await frame();
      while (zooms.wheel.length < expected) await frame();
    },
    zooms: () => ({
      key: zooms.key.map((start) => events.get(start) ?? 16),
      wheel: zooms.wheel,
      widths: shown().map(({ naturalWidth }) => naturalWidth),
    }),
  };
  window.probe = probe;
})();
