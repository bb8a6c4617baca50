import net from 'node:net';

export async function share(port, host = 'https://tunnel.example.test') {
  const { url, port: remotePort } = await (await fetch(`${host}/?new`)).json();
  const connect = () => {
    const remote = net.connect(remotePort, new URL(host).hostname, () => {
      const local = net.connect(port, 'localhost');
      remote.pipe(local).pipe(remote);
      local.on('error', () => remote.end());
    });
    remote.on('close', () => setTimeout(connect, 1000));
    remote.on('error', () => {});
  };
  connect();
  return url;
}
