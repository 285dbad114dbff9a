/* Small conveniences of the account pages; each page works without, but a link needs its fragment. */
(() => {
  "use strict";

  /* A one-time link: the secret after # goes into the form, out of the address and the history. */
  const opening = document.querySelector("form[data-open-link]");
  const openLink = () => {
    const secret = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    for (const element of document.querySelectorAll("[data-opening], [data-no-secret]")) {
      element.hidden = (secret === "") === "opening" in element.dataset;
    }
    if (secret !== "") {
      opening.elements.secret.value = secret;
      opening.submit();
    }
  };
  if (opening) {
    openLink();
    addEventListener("hashchange", openLink);
  }

  /* "Show" beside a password. */
  for (const button of document.querySelectorAll("button[data-show]")) {
    const input = button.parentElement.querySelector("input");
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.textContent = shown ? button.dataset.show : button.dataset.hide;
      button.setAttribute("aria-pressed", String(!shown));
    });
    input.form.addEventListener("submit", () => {
      input.type = "password";
    });
  }

  /* What a passkey ran into, in words beside its button instead of the console. */
  document.addEventListener("allauth.error", (event) => {
    const said = document.querySelector("[data-passkey-error]");
    if (said) {
      event.preventDefault();
      said.hidden = false;
      said.focus();
    }
  });
})();
