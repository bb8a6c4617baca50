interface ClickedElement {
  readonly dataset: Readonly<Record<string, string | undefined>>;
  closest(selector: string): ClickedElement | null;
}

interface Click {
  readonly target: ClickedElement;
  preventDefault(): void;
  stopPropagation(): void;
}

interface ClickedPage {
  addEventListener(type: 'click', listener: (event: Click) => void): void;
}

interface Editor {
  postMessage(message: { readonly target: number }): void;
}

/**
 * Sends the number of a clicked link or button to the editor. The editor must not see the click itself, as it would open
 * links once more. The view runs the text of the function: it uses nothing from outside itself.
 */
export function followLinks(page: ClickedPage, editor: Editor): void {
  page.addEventListener('click', (event) => {
    const link = event.target.closest('[data-target]');
    if (link === null) return;
    event.preventDefault();
    event.stopPropagation();
    editor.postMessage({ target: Number(link.dataset.target) });
  });
}
