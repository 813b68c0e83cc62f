/** For XML and HTML, in content and in attributes. */
export function escapeText(content: string): string {
  return content
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd') // XML has no place for them, escaped or not
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
