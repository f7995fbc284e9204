// What the page of the practice phones does in the browser: keeps every phone as it stands, and sends what is done with it.
// Elements stay the same ones, so that focus and half-written texts survive, and a screen reader reads only what is new.

export const PHONES_SCRIPT = `
(() => {
  const list = document.getElementById("phones");
  const news = document.getElementById("news");
  const phones = new Map();
  const part = (root, name) => root.querySelector('[data-part="' + name + '"]');
  const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const post = async (path, body) => {
    const answer = await fetch("/phones/" + path, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) news.textContent = (await answer.json()).error;
    await refresh();
  };
  const about = (number, what) => encodeURIComponent(number) + "/" + what;

  const line = (words, mine, small) => {
    const item = document.createElement("p");
    if (mine) item.className = "mine";
    if (small) {
      const head = document.createElement("small");
      head.textContent = small;
      item.append(head);
    }
    item.append(words);
    return item;
  };
  const fill = (container, lines) => {
    container.hidden = lines.length === 0;
    while (container.children.length > lines.length) container.lastElementChild.remove();
    const grown = container.children.length < lines.length;
    for (const { words, mine, small } of lines.slice(container.children.length))
      container.append(line(words, mine, small));
    if (grown) container.scrollTop = container.scrollHeight;
  };

  const add = (phone) => {
    const root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    const { number } = phone;
    const act = (what) => post(about(number, "act"), what);
    root.setAttribute("aria-label", "Phone of " + phone.title);
    for (const button of root.querySelectorAll("[data-act]"))
      button.addEventListener("click", () => act({ act: button.dataset.act }));
    for (const button of root.querySelectorAll("[data-key]"))
      button.addEventListener("click", () => act({ act: "press", keys: button.dataset.key }));
    part(root, "speak").addEventListener("submit", (event) => {
      event.preventDefault();
      act({ act: "say", text: part(root, "speech").value });
      event.target.reset();
    });
    part(root, "by-hand").addEventListener("change", (event) =>
      post(about(number, "by-hand"), { byHand: event.target.checked }));
    part(root, "reply").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = part(root, "text");
      post(about(number, "text"), { to: part(root, "other").value, body: text.value });
      text.value = "";
    });
    list.append(root);
    phones.set(number, { root, sid: null, state: null });
  };

  const showCall = (entry, phone) => {
    const { root } = entry;
    const { call } = phone;
    part(root, "call").hidden = !call;
    if (!call) return;
    if (entry.sid !== call.sid) part(root, "heard").replaceChildren();
    const ringing = call.state === "ringing" && call.live;
    const talking = call.state === "talking" && call.live;
    const focused = document.activeElement;
    const lost = (part(root, "ringing").contains(focused) && !ringing) || (part(root, "talking").contains(focused) && !talking);
    part(root, "ringing").hidden = !ringing;
    part(root, "talking").hidden = !talking;
    root.classList.toggle("rings", call.state === "ringing");
    setText(part(root, "words"), call.words);
    setText(part(root, "asked"), call.asksKeys && call.asksSpeech ? "Press a key or say something." :
      call.asksKeys ? "Press a key." : call.asksSpeech ? "Say something." : "Nothing is asked right now.");
    fill(part(root, "heard"), call.heard);
    if (lost) part(root, "words").focus();
    if (entry.sid !== call.sid || entry.state !== call.state) {
      if (call.state === "ringing") news.textContent = phone.title + " is ringing.";
      else if (entry.state === "ringing") news.textContent = "";
    }
    entry.sid = call.sid;
    entry.state = call.state;
  };

  const show = (phone) => {
    if (!phones.has(phone.number)) add(phone);
    const entry = phones.get(phone.number);
    const { root } = entry;
    setText(part(root, "title"), phone.title);
    const byHand = part(root, "by-hand");
    if (document.activeElement !== byHand) byHand.checked = phone.live;
    showCall(entry, phone);
    fill(part(root, "messages"), phone.messages.map(({ text, words, mine }) => ({ words: text, mine, small: words })));
    const other = part(root, "other");
    const addresses = phone.others.map(({ address }) => address).join();
    if (other.dataset.addresses !== addresses && document.activeElement !== other) {
      other.dataset.addresses = addresses;
      other.replaceChildren(...phone.others.map(({ address, words }) => new Option(words, address)));
    }
  };

  const refresh = async () => {
    try {
      const answer = await fetch("/phones/state.json");
      if (!answer.ok) return;
      const state = await answer.json();
      const known = new Set(state.phones.map(({ number }) => number));
      for (const [number, { root }] of phones) if (!known.has(number)) { root.remove(); phones.delete(number); }
      for (const phone of state.phones) show(phone);
      document.getElementById("none").hidden = state.phones.length > 0;
    } catch {}
  };
  document.getElementById("open").addEventListener("submit", (event) => {
    event.preventDefault();
    post("open", { number: document.getElementById("open-number").value });
    event.target.reset();
  });
  document.getElementById("all-by-hand").addEventListener("change", (event) =>
    post("all-by-hand", { byHand: event.target.checked }));
  const poll = async () => { await refresh(); setTimeout(poll, 700); };
  poll();
})();`;
