package io.lonja.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTests {

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, PUBLIC",
        "9.255.255.255, PUBLIC",
        "11.0.0.0, PUBLIC",
        "100.63.255.255, PUBLIC",
        "100.128.0.0, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.32.0.0, PUBLIC",
        "192.0.1.0, PUBLIC",
        "192.167.255.255, PUBLIC",
        "198.17.255.255, PUBLIC",
        "198.20.0.0, PUBLIC",
        "223.255.255.255, PUBLIC",
        "2606:4700::1111, PUBLIC",
        "2a00:1450:4003:80a::200e, PUBLIC",
        "64:ff9b::8.8.8.8, PUBLIC",
        "2002:808:808::1, PUBLIC",
        "127.255.255.255, PRIVATE",
        "10.1.2.3, PRIVATE",
        "100.64.0.0, PRIVATE",
        "172.16.0.0, PRIVATE",
        "192.168.255.255, PRIVATE",
        "198.19.255.255, PRIVATE",
        "::1, PRIVATE",
        "fd00::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE",
        "::10.0.0.1, PRIVATE",
        "64:ff9b::10.0.0.1, PRIVATE",
        "2002:a00:1::, PRIVATE",
        "0.0.0.0, NONE",
        "169.254.169.254, NONE",
        "192.0.0.1, NONE",
        "224.0.0.1, NONE",
        "240.0.0.1, NONE",
        "255.255.255.255, NONE",
        "fe80::1, NONE",
        "fec0::1, NONE",
        "ff02::1, NONE",
        "100::1, NONE",
        "2001::1, NONE",
        "2001:db8::1, NONE",
        "64:ff9b:1::8.8.8.8, NONE",
        "2002:a9fe:a9fe::, NONE"
    })
    void isTheBlocksOfAnAddress(String literal, Reach reach) throws UnknownHostException {
        assertThat(Reach.of(InetAddress.getByName(literal))).isEqualTo(reach);
    }
}
