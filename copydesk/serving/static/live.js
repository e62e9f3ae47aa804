// The live page. Article text is hostile: it enters the page through textContent alone, never as markup.
const SHOWN = 200, MARKED = 6000, DOTS = 300, WAITING = 1000;
const NAMES = ["PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"];
const $ = (id) => document.getElementById(id);
const stream = $("stream"), map = $("map");
const counts = { "new": 0, copies: 0, languages: new Map(), sources: new Map() };
const cards = new Map(); // cluster id -> card of the article to read
const early = new Map(); // cluster id -> copies that came before it: the two streams are not one
let sources = [], connection = "connecting", paused = false, waiting = [];

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children); // strings become text
  return made;
}

function svg(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Offsets count characters, JavaScript's strings 16-bit units: the text is taken apart once.
function marked(article) {
  const characters = Array.from(article.text, (one) => (one === "\n" ? "\n\n" : one));
  const paragraph = element("p", { "class": "text" });
  let at = 0;
  for (const entity of [...(article.entities ?? [])].sort((a, b) => a.start - b.start)) {
    if (entity.start < at || entity.start >= MARKED) continue;
    const label = /^[A-Z]+$/.test(entity.label) ? entity.label : "OTHER";
    paragraph.append(characters.slice(at, entity.start).join(""),
      element("mark", { "class": label, title: label }, characters.slice(entity.start, entity.end).join("")));
    at = entity.end;
  }
  paragraph.append(characters.slice(at).join(""));
  return paragraph;
}

function link(article, text) {
  const url = article.canonical_url ?? article.url ?? "";
  if (!/^https?:\/\//.test(url)) return text;
  return element("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}

const outlet = (article) => article.source?.domain ?? article.source?.name ?? "unknown source";
const time = (value) => (value ? new Date(value).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }) : "no date");

function card(article) {
  const meta = [outlet(article), time(article.published_at), article.language.code, `${article.word_count} words`];
  if (article.agency) meta.push(article.agency.name);
  if (article.version > 1) meta.push(`version ${article.version}`);
  const details = element("details", {}, element("summary", {}, lead(article)));
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector(".text")) {
      details.append(marked(article), element("p", { "class": "trace" },
        element("a", { href: `/trace?story=${encodeURIComponent(article.id)}`, target: "_blank" }, "where it went")));
    }
  });
  return element("article", { tabindex: "0" }, element("h2", {}, link(article, article.title ?? `${start(article, 80)}…`)),
    element("p", { "class": "meta" }, meta.join(" · ")), details, element("ul", { "class": "copies" }));
}

const start = (article, length) => Array.from(article.text.slice(0, 2 * length)).slice(0, length).join("");

function lead(article) {
  const named = (article.entities ?? []).filter((entity) => NAMES.includes(entity.label)).map((entity) => entity.text);
  const names = [...new Set(named)].slice(0, 5).join(", ");
  return names || `${start(article, 90)}…`;
}

function show(article) {
  const known = cards.get(article.duplicate?.cluster_id), made = card(article);
  if (known?.dataset.id === article.id) { // a new version takes the old one's place
    made.querySelector(".copies").replaceWith(known.querySelector(".copies"));
    known.remove();
  }
  made.dataset.id = article.id;
  made.dataset.cluster = article.duplicate?.cluster_id ?? "";
  if (article.duplicate) {
    cards.set(article.duplicate.cluster_id, made);
    (early.get(article.duplicate.cluster_id) ?? []).forEach((copy) => append(made, copy));
    early.delete(article.duplicate.cluster_id);
  }
  stream.prepend(made);
  while (stream.children.length > SHOWN) {
    const last = stream.lastElementChild;
    if (cards.get(last.dataset.cluster) === last) cards.delete(last.dataset.cluster);
    last.remove();
  }
  for (const place of article.places ?? []) dot(place);
  counts.new += 1;
  count(counts.languages, article.language.code);
  count(counts.sources, outlet(article));
}

function fold(copy) {
  counts.copies += 1;
  count(counts.sources, outlet(copy));
  const cluster = copy.duplicate?.cluster_id, original = cards.get(cluster);
  if (original) append(original, copy);
  else {
    early.set(cluster, [...(early.get(cluster) ?? []).slice(-20), copy]);
    if (early.size > SHOWN) early.delete(early.keys().next().value);
  }
}

function append(original, copy) {
  const share = copy.duplicate.containment === undefined ? "" : ` ${Math.round(copy.duplicate.containment * 100)} %`;
  const changed = copy.changes?.length ? `, but for ${copy.changes.join(", ")}` : "";
  original.querySelector(".copies").append(
    element("li", {}, link(copy, outlet(copy)), `: ${copy.duplicate.kind} copy${share}${changed}`));
}

function dot(place) {
  const dots = map.querySelectorAll(".place");
  if (dots.length >= DOTS) dots[0].remove();
  const made = svg("circle", { cx: place.longitude, cy: -place.latitude, r: 1.6, "class": "place" });
  made.append(svg("title", {}));
  made.firstChild.textContent = place.name;
  map.append(made);
}

const count = (counter, key) => counter.set(key, (counter.get(key) ?? 0) + 1);
const most = (counter) => [...counter].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([key, n]) => `${key} ${n}`).join(", ");

function tell() {
  const rows = [["articles", counts.new], ["copies", counts.copies], ["languages", most(counts.languages)],
    ["sources", most(counts.sources)]];
  $("counts").replaceChildren(...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, String(value))]));
}

function take(kind, data) {
  const event = JSON.parse(data);
  if (paused) { waiting = [...waiting.slice(1 - WAITING), [kind, data]]; return; }
  (kind === "enriched" ? show : fold)(event);
  tell();
}

async function follow() {
  sources.forEach((source) => source.close());
  stream.replaceChildren();
  map.querySelectorAll(".place").forEach((one) => one.remove());
  cards.clear();
  early.clear();
  Object.assign(counts, { "new": 0, copies: 0, languages: new Map(), sources: new Map() });
  const query = new URLSearchParams({ where: $("where").value.trim() });
  $("rss").href = `/feed.rss?${query}`;
  $("json").href = `/feed.json?${query}`;
  const check = await fetch(`/feed.json?${query}`);
  $("told").textContent = check.ok ? "" : (await check.text()).trim();
  if (!check.ok) return;
  sources = ["enriched", "duplicates"].map((topic) => {
    const source = new EventSource(`/events/${topic}?${query}`);
    source.onmessage = (message) => take(topic, message.data);
    source.onopen = () => tellState("live");
    source.onerror = () => tellState("reconnecting");
    return source;
  });
}

function move(step) {
  const all = [...stream.children], at = all.indexOf(document.activeElement?.closest("article"));
  all[Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
}

function tellState(now = connection) {
  connection = now;
  $("state").textContent = paused ? "paused" : connection;
}

function pause() {
  paused = !paused;
  tellState();
  if (!paused) waiting.splice(0).forEach(([kind, data]) => take(kind, data));
}

document.addEventListener("keydown", (event) => {
  if (event.target.tagName === "INPUT") { if (event.key === "Escape") event.target.blur(); return; }
  const card = document.activeElement?.closest("article"), details = card?.querySelector("details");
  if (event.key === "/") { event.preventDefault(); $("where").focus(); }
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "p") pause();
  else if (event.key === "Enter" && details && event.target === card) details.open = !details.open;
});

$("filter").addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new URL(location);
  address.searchParams.set("where", $("where").value.trim());
  history.replaceState(null, "", address);
  follow();
});

$("theme").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches !== document.documentElement.classList.contains("light")
    && !document.documentElement.classList.contains("light") || document.documentElement.classList.contains("dark");
  document.documentElement.className = dark ? "light" : "dark";
});

$("where").value = new URLSearchParams(location.search).get("where") ?? "";
const land = await (await fetch("/static/land.json")).json();
const path = land.map(([x, y]) => `M${x - .45} ${-y - .45}h.9v.9h-.9z`).join("");
map.append(svg("path", { d: path, "class": "land" }));
tell();
await follow();
