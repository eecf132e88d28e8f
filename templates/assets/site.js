'use strict';
for (const pre of document.querySelectorAll('pre')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(pre.textContent).then(() => (button.textContent = 'Copied'));
  });
  pre.before(button);
}
