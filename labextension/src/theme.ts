/** JupyterLab's colours as they are now. They change with the theme: ask at each drawing. */

export interface Theme {
  readonly background: string;
  readonly text: string;
  readonly grid: string;
  readonly font: string;
}

/** Plain ones where there is no JupyterLab around, as in a test. */
export function readTheme(node: Element): Theme {
  const style = getComputedStyle(node);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const isDark = document.body.dataset['jpThemeLight'] === 'false';
  return {
    background: read('--jp-layout-color0', isDark ? '#111111' : '#ffffff'),
    text: read('--jp-content-font-color1', isDark ? '#ffffff' : '#1a1a1a'),
    grid: read('--jp-border-color2', isDark ? '#4a4a4a' : '#d0d0d0'),
    font: read('--jp-ui-font-family', 'system-ui, sans-serif'),
  };
}

/** Calls back when the theme has changed; returns how to stop. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light'] });
  return () => observer.disconnect();
}
