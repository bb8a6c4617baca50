/* global __HOT_HOST__, __webpack_hash__ */
var overlay;
var current = '';
var backoff = 1000;

function showOverlay(errors) {
  overlay = overlay || document.createElement('iframe');
  overlay.src = 'about:blank';
  overlay.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;border:none;z-index:9999999999';
  overlay.onload = function () { overlay.contentDocument.body.innerText = errors.join('\n\n'); };
  document.body.appendChild(overlay);
}

function applyUpdate(update) {
  Object.keys(update.modules).forEach(function (id) {
    var code = update.modules[id] + '\n//# sourceURL=' + location.origin + '/' + id;
    var factory = (0, eval)('(function (module, exports, require) {' + code + '\n})');
    window.__hot_modules__[id] = factory;
  });
  update.accepted.forEach(function (id) { window.__hot_accept__[id].forEach(function (cb) { cb(); }); });
}

function loadScript(url) {
  return new Promise(function (resolve, reject) {
    var s = document.createElement('script');
    s.src = url + '?t=' + Date.now();
    s.onload = resolve;
    s.onerror = reject;
    document.head.appendChild(s);
  });
}

function connect() {
  var proto = location.protocol === 'https:' ? 'wss://' : 'ws://';
  var host = typeof __HOT_HOST__ === 'string' ? __HOT_HOST__ : location.host;
  var socket = new WebSocket(proto + host + '/__hot');
  socket.onopen = function () { backoff = 1000; };
  socket.onmessage = function (e) {
    var msg = JSON.parse(e.data);
    if (msg.type === 'hash') current = msg.data;
    else if (msg.type === 'errors') showOverlay(msg.data);
    else if (msg.type === 'ok' && overlay) { overlay.remove(); overlay = null; } else if (msg.type === 'update') applyUpdate(msg);
    else if (msg.type === 'chunk') loadScript(msg.url).catch(function () { location.reload(); });
    else if (msg.type === 'static-changed') location.reload();
  };
  socket.onclose = function () { setTimeout(connect, (backoff = Math.min(backoff * 2, 30000))); };
}
connect();
