const WebSocket = require('ws');
const http = require('http');
const EventEmitter = require('events');

class Session extends EventEmitter {
  constructor(ws) {
    super();
    this.ws = ws;
    this.id = 0;
    this.pending = new Map();
    ws.on('message', (raw) => {
      const msg = JSON.parse(raw);
      if (msg.id) {
        const { resolve, reject } = this.pending.get(msg.id);
        this.pending.delete(msg.id);
        msg.error ? reject(new Error(msg.error.message)) : resolve(msg.result);
      } else this.emit(msg.method, msg.params);
    });
  }
  send(method, params = {}) {
    return new Promise((resolve, reject) => {
      const id = ++this.id;
      this.pending.set(id, { resolve, reject });
      this.ws.send(JSON.stringify({ id, method, params }));
    });
  }
  async evaluate(expression) {
    const method = this.callFrameId ? 'Debugger.evaluateOnCallFrame' : 'Runtime.evaluate';
    const { result, exceptionDetails } = await this.send(method, { expression, callFrameId: this.callFrameId, generatePreview: true, includeCommandLineAPI: true });
    return exceptionDetails ? exceptionDetails.exception.description : result.value ?? result.description;
  }
}

exports.attach = async function attach(url) {
  const ws = new WebSocket(url);
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject));
  const session = new Session(ws);
  session.on('Debugger.paused', ({ callFrames, reason }) => {
    session.callFrameId = callFrames[0].callFrameId;
    console.log(`break in ${callFrames[0].url}:${callFrames[0].location.lineNumber + 1} (${reason})`);
  });
  await session.send('Runtime.enable');
  await session.send('Debugger.enable');
  await session.send('Runtime.runIfWaitingForDebugger');
  return session;
};

exports.list = (port = 9229) => new Promise((resolve, reject) => {
  http.get({ host: '127.0.0.1', port, path: '/json/list' }, (res) => {
    let s = '';
    res.on('data', (c) => (s += c)).on('end', () => resolve(JSON.parse(s)));
  }).on('error', reject);
});
