// Search over INDEX (index.js), and the comparison of releases. Works without a server.
"use strict";
(() => {
  const box = document.getElementById("search"), list = document.getElementById("found");
  const up = document.documentElement.dataset.up;
  let at = -1;
  const find = (text) => {
    const words = text.toLowerCase().split(/[\s.]+/).filter(Boolean);
    if (!words.length) return [];
    const hits = [];
    for (const [name, url, summary] of INDEX) {
      const lower = name.toLowerCase(), last = lower.slice(lower.lastIndexOf(".") + 1);
      let score = 0;
      for (const word of words) {
        if (last === word) score += 40;
        else if (last.startsWith(word)) score += 25;
        else if (lower.includes(word)) score += 12;
        else if (summary.toLowerCase().includes(word)) score += 3;
        else { score = -1; break; }
      }
      // Of equal ones the shortest path is meant.
      if (score > 0) hits.push([score - name.length / 100, name, url, summary]);
    }
    return hits.sort((a, b) => b[0] - a[0]).slice(0, 30);
  };
  const nothing = () => {
    const item = document.createElement("li"), text = document.createElement("p");
    text.textContent = "No kind or field has all of these words.";
    item.append(text);
    return item;
  };
  const show = () => {
    at = -1;
    const hits = find(box.value);
    if (!hits.length && box.value.trim()) return list.replaceChildren(nothing());
    list.replaceChildren(...hits.map(([, name, url, summary]) => {
      const item = document.createElement("li"), link = document.createElement("a"), small = document.createElement("small");
      link.href = up + url;
      link.append(name, small);
      small.textContent = summary;
      link.addEventListener("click", () => { list.replaceChildren(); box.blur(); });
      item.append(link);
      return item;
    }));
  };
  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!links.length) return;
      event.preventDefault();
      links[at]?.classList.remove("at");
      at = (at + (event.key === "ArrowDown" ? 1 : links.length - 1) + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % links.length;
      links[at].classList.add("at");
      links[at].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      (links[at] ?? links[0])?.click();
    } else if (event.key === "Escape") {
      list.replaceChildren();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")) {
      event.preventDefault();
      box.focus();
    }
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) list.replaceChildren(); });
  // The way through an address: ?q=jitter.
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { box.value = asked; show(); }

  const outline = document.getElementById("outline");
  if (outline && matchMedia("(max-width: 56rem)").matches) outline.open = false;

  for (const pick of document.querySelectorAll(".pick")) {
    const [from, to] = pick.querySelectorAll("select"), count = pick.querySelector("output");
    const parts = (text) => text.split(".").map(Number);
    const below = (a, b) => { const [x, y] = [parts(a), parts(b)]; for (let i = 0; i < 3; i++) if (x[i] !== y[i]) return x[i] < y[i]; return false; };
    const apply = () => {
      let shown = 0;
      const [low, high] = below(to.value, from.value) ? [to.value, from.value] : [from.value, to.value];
      for (const part of pick.parentElement.querySelectorAll("[data-release]")) {
        const is = below(low, part.dataset.release) && !below(high, part.dataset.release);
        part.hidden = !is;
        if (is) shown += part.querySelectorAll("li").length;
      }
      count.textContent = `${shown} differences`;
    };
    from.addEventListener("change", apply);
    to.addEventListener("change", apply);
    pick.hidden = false;
    apply();
  }
})();
