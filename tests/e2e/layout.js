// What is wrong with the layout of the page as it is now: a list of sentences.
() => {
  const CONTROLS =
    "button, a[href], select, textarea, summary, [role=tab], label:has(input), input:not(label input)";
  const SLACK = 1;
  const LINES = 5; // the boxes of two lines of text may reach into each other by this much
  const modal = document.querySelector("dialog:modal");
  const popover = document.querySelector("[popover]:popover-open");
  const top = modal ?? popover ?? document.body;
  const faults = [];

  const name = (element) => {
    const said = element.getAttribute("aria-label") ?? element.textContent.trim();
    const kind = element.className && typeof element.className === "string"
      ? `.${element.className.trim().replace(/\s+/g, ".")}` : "";
    return `${element.localName}${kind} "${said.replace(/\s+/g, " ").slice(0, 48)}"`;
  };
  const isHiddenOnPurpose = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.clipPath === "inset(50%)") return true;
      if (one.matches(".skip:not(:focus)")) return true;
    }
    return false;
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !isHiddenOnPurpose(element);
  const clippers = (element) => {
    const found = [];
    for (let one = element; one && one !== document.documentElement; one = one.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(one);
      if (overflowX !== "visible" || overflowY !== "visible") found.push([one, overflowX, overflowY]);
      if (one === modal || one === popover || position === "fixed") break;
    }
    return found;
  };
  const shownPart = (element) => {
    const box = element.getBoundingClientRect();
    const part = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
    for (const [one] of clippers(element.parentElement ?? element)) {
      const frame = one.getBoundingClientRect();
      part.left = Math.max(part.left, frame.left);
      part.top = Math.max(part.top, frame.top);
      part.right = Math.min(part.right, frame.right);
      part.bottom = Math.min(part.bottom, frame.bottom);
    }
    return part;
  };
  const isEmpty = (box) => box.right - box.left <= SLACK || box.bottom - box.top <= SLACK;
  const overlap = (one, other) => ({
    x: Math.min(one.right, other.right) - Math.max(one.left, other.left),
    y: Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  });

  const texts = [];
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const owner = node.parentElement;
    if (!node.data.trim() || owner.closest("svg, script, style, option") || !isSeen(owner)) continue;
    if (popover && !modal && !popover.contains(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((box) => box.width > 0.5 && box.height > 0.5);
    texts.push({ owner, rects, text: node.data.trim() });
  }
  const controls = [...top.querySelectorAll(CONTROLS)].filter(isSeen)
    .map((element) => ({ element, box: shownPart(element) }))
    .filter(({ box }) => !isEmpty(box));

  // 1. Text that is cut, with no way to read it.
  const canBeRead = (owner) =>
    owner.closest("[title]:not([title='']), [aria-haspopup=dialog]") !== null ||
    (owner.parentElement?.querySelector(":scope > [aria-haspopup=dialog]") ?? null) !== null ||
    (owner.closest("h1")?.querySelector("[aria-haspopup=dialog]") ?? null) !== null;
  for (const { owner, rects, text } of texts) {
    if (canBeRead(owner)) continue;
    const cut = rects.find((box) =>
      clippers(owner).some(([one, overflowX, overflowY]) => {
        const frame = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        const left = frame.left + parseFloat(style.borderLeftWidth);
        const right = frame.right - parseFloat(style.borderRightWidth);
        const isWide = box.right > right + SLACK || box.left < left - SLACK;
        const isHigh = box.bottom > frame.bottom + LINES || box.top < frame.top - LINES;
        const scrolls = (way) => way === "auto" || way === "scroll";
        return (isWide && !scrolls(overflowX)) || (isHigh && !scrolls(overflowY));
      }));
    const control = owner.closest("button, .button, label, [role=tab]");
    const frame = control?.getBoundingClientRect();
    const spills = frame && rects.some((box) =>
      box.left < frame.left - SLACK || box.right > frame.right + SLACK ||
      box.top < frame.top - LINES || box.bottom > frame.bottom + LINES);
    const ellipsis = getComputedStyle(owner).textOverflow === "ellipsis" &&
      owner.scrollWidth > owner.clientWidth + SLACK;
    if (cut || ellipsis) faults.push(`text is cut: ${name(owner)}`);
    else if (spills) faults.push(`text spills out of its control: "${text.slice(0, 48)}"`);
  }

  // 2. Controls, and text that is no part of them, that lie over each other.
  controls.forEach((one, index) => {
    for (const other of controls.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const { x, y } = overlap(one.box, other.box);
      if (x > SLACK && y > SLACK)
        faults.push(`controls intersect: ${name(one.element)} and ${name(other.element)}`);
    }
    for (const { owner, rects } of texts) {
      if (one.element.contains(owner) || owner.contains(one.element)) continue;
      const own = shownPart(owner);
      const hit = rects.some((box) => {
        const seen = { left: Math.max(box.left, own.left), right: Math.min(box.right, own.right),
          top: Math.max(box.top, own.top), bottom: Math.min(box.bottom, own.bottom) };
        const { x, y } = overlap(one.box, seen);
        return x > SLACK && y > LINES;
      });
      if (hit) faults.push(`text under a control: ${name(owner)} and ${name(one.element)}`);
    }
  });

  // 3. Targets under 24 px, levels under 44 px. A link in a sentence is as high as its line.
  for (const { element } of controls) {
    const box = element.getBoundingClientRect();
    const least = element.closest(".levels") ? 44 : 24;
    const display = getComputedStyle(element).display;
    const inSentence = element.matches("a, .link") && display.startsWith("inline") &&
      element.parentElement.textContent.trim() !== element.textContent.trim();
    if (inSentence && least === 24) continue;
    if (box.width < least - 0.5 || box.height < least - 0.5)
      faults.push(`a target of ${box.width.toFixed()}x${box.height.toFixed()} px: ${name(element)}`);
  }

  // 4. A scroll bar on the stage, or round the whole rating page.
  const bench = document.querySelector(".bench");
  for (const element of bench?.querySelectorAll(".stage, .stage *") ?? []) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const bars = [[overflowX, element.scrollWidth - element.clientWidth],
      [overflowY, element.scrollHeight - element.clientHeight]];
    if (bars.some(([way, more]) => (way === "auto" || way === "scroll") && more > 0))
      faults.push(`a scroll bar on the stage: ${name(element)}`);
  }
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) faults.push("the page scrolls sideways");
  if (bench && page.scrollHeight > page.clientHeight) faults.push("the rating page scrolls");

  // 5. What moved without anybody's doing.
  for (const shift of window.layoutShifts ?? []) faults.push(shift);
  return [...new Set(faults)];
}
