"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.parseConnect = parseConnect;
function parseConnect(socket) {
    return new Promise((resolve, reject) => {
        let data = Buffer.alloc(0);
        function read() {
            const chunk = socket.read();
            if (chunk) data = Buffer.concat([data, chunk]);
            const end = data.indexOf('\r\n\r\n');
            if (end === -1) return void socket.once('readable', read);
            socket.removeListener('error', reject);
            resolve({ status: Number(data.subarray(0, end).toString('latin1').split(' ')[1]), rest: data.subarray(end + 4) });
        }
        socket.on('error', reject);
        read();
    });
}
