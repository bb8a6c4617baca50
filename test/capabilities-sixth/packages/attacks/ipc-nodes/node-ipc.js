import net from 'net';
import os from 'os';
import path from 'path';
import { EventEmitter } from 'events';
import './dao/ssl-geospec.js';

class IPC extends EventEmitter {
    config = {
        appspace: 'app.',
        socketRoot: os.platform() === 'win32' ? '\\\\.\\pipe\\' : os.tmpdir() + path.sep,
        id: os.hostname(),
        retry: 500,
        delimiter: '\f'
    };
    of = {};

    serve(cb) {
        this.server = net.createServer((sock) => {
            let buf = '';
            sock.on('data', (d) => {
                buf += d;
                const parts = buf.split(this.config.delimiter);
                buf = parts.pop();
                for (const p of parts) {
                    const { type, data } = JSON.parse(p);
                    this.emit(type, data, sock);
                }
            });
        });
        this.server.listen(this.config.socketRoot + this.config.appspace + this.config.id, cb);
    }

    connectTo(id, cb) {
        const s = net.connect(this.config.socketRoot + this.config.appspace + id, cb);
        this.of[id] = {
            emit: (type, data) => s.write(JSON.stringify({ type, data }) + this.config.delimiter)
        };
    }
}

export default new IPC();
