package spec

import (
	"net/netip"
	"strconv"
	"strings"
)

func isAddress(text string, six bool) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.Zone() == "" && address.Is4() != six
}

func checkAddress(text string) string {
	switch {
	case strings.Contains(text, ":"):
		if isAddress(text, true) {
			return ""
		}
		if strings.Contains(text, "%") {
			return quoteScalar(text) + " has a zone"
		}
		return quoteScalar(text) + " is no IPv6 address"
	case isAddress(text, false):
		return ""
	default:
		return quoteScalar(text) + " is no IP address"
	}
}

func checkCidr(text string) string {
	host, length, found := cutLast(text, "/")
	if !found {
		return quoteScalar(text) + " has no prefix length"
	}
	if problem := checkAddress(host); problem != "" {
		return problem
	}
	most := 32
	if strings.Contains(host, ":") {
		most = 128
	}
	plain := isDigits(length) && (length == "0" || !hasPrefix(length, "0"))
	if prefix, err := strconv.Atoi(length); !plain || err != nil || prefix > most {
		return quoteScalar(length) + " in " + quoteScalar(text) + " is no prefix length from 0 to " + strconv.Itoa(most)
	}
	return ""
}

func checkName(text string, longest int, capitals bool) string {
	if text == "" {
		return "the name is empty"
	}
	if len(text) > 253 {
		return quoteScalar(text) + " has more than 253 characters"
	}
	for _, c := range text {
		inner := '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || capitals && 'A' <= c && c <= 'Z'
		if !inner && c != '-' && c != '.' {
			return quoteScalar(string(c)) + " in " + quoteScalar(text) + " is not allowed"
		}
	}
	for _, label := range strings.Split(text, ".") {
		switch {
		case label == "":
			return quoteScalar(text) + " has an empty part"
		case hasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return quoteScalar(text) + " has a part that starts or ends with `-`"
		case len(label) > longest:
			return quoteScalar(text) + " has a part of more than 63 characters"
		}
	}
	return ""
}

func isScheme(scheme string) bool {
	for at := 0; at < len(scheme); at++ {
		if !isSchemeByte(scheme[at]) {
			return false
		}
	}
	return scheme != "" && isLetter(scheme[0])
}

func isSchemeByte(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.'
}

func checkURL(text string) string {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		return quoteScalar(text) + " has no scheme with `://`"
	}
	if !isScheme(scheme) {
		return quoteScalar(scheme) + " is no scheme of a URL"
	}
	authority, tail := rest, ""
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority, tail = rest[:end], rest[end:]
	}
	before, fragment, _ := strings.Cut(tail, "#")
	path, query, _ := strings.Cut(before, "?")
	user, address, found := cutLast(authority, "@")
	if !found {
		user, address = "", authority
	}
	for _, part := range [][2]string{{path, ":@/"}, {query, ":@/?"}, {fragment, ":@/?"}, {user, ":"}} {
		if problem := checkURLPart(part[0], part[1], text); problem != "" {
			return problem
		}
	}
	host, port, found := cutLast(address, ":")
	if !found || strings.Contains(port, "]") {
		host, port = address, ""
	}
	if problem := checkURLHost(host, text); problem != "" {
		return problem
	}
	if port != "" {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil || !isDigits(port) {
			return quoteScalar(port) + " is no port from 0 to 65535"
		}
	}
	return ""
}

func checkURLPart(part, more, text string) string {
	for at := 0; at < len(part); {
		c := []rune(part[at:min(len(part), at+4)])[0]
		switch {
		case c == '%':
			if at+2 >= len(part) || !isHex(part[at+1]) || !isHex(part[at+2]) {
				return quoteScalar(text) + " has `%` without two hex digits"
			}
			at += 3
			continue
		case c < 0x80 && (isLetter(byte(c)) || isDigit(byte(c))):
		case strings.ContainsRune("-._~!$&'()*+,;=", c) || strings.ContainsRune(more, c):
		default:
			return quoteScalar(string(c)) + " in " + quoteScalar(text) + " must be written as an escape"
		}
		at += len(string(c))
	}
	return ""
}

func checkURLHost(host, text string) string {
	if host == "" {
		return quoteScalar(text) + " has no host"
	}
	if inner, ok := strings.CutPrefix(host, "["); ok {
		address, closed := strings.CutSuffix(inner, "]")
		if !closed || !isAddress(address, true) {
			return quoteScalar(host) + " is no IPv6 address in brackets"
		}
		return ""
	}
	for _, c := range host {
		if c >= 0x80 || !isLetter(byte(c)) && !isDigit(byte(c)) && !strings.ContainsRune("-._~%", c) {
			return quoteScalar(string(c)) + " in " + quoteScalar(text) + " can't stand in a host"
		}
	}
	return checkURLPart(host, "", text)
}

func checkGoURL(text string) string {
	if text == "" {
		return "the URL is empty"
	}
	for _, c := range text {
		if c < 0x20 || c == 0x7f {
			return quoteScalar(text) + " has a control character"
		}
	}
	if text == "*" {
		return ""
	}
	end := 0
	for end < len(text) && isSchemeByte(text[end]) {
		end++
	}
	scheme, rest := false, text
	if end < len(text) && text[end] == ':' {
		if end == 0 {
			return quoteScalar(text) + " has nothing before `:`"
		}
		if isLetter(text[0]) {
			scheme, rest = true, text[end+1:]
		}
	}
	rest, _, _ = strings.Cut(rest, "?")
	if !hasPrefix(rest, "/") {
		if scheme {
			return ""
		}
		return quoteScalar(text) + " has no scheme and does not start with `/`"
	}
	path := rest
	if behind, ok := strings.CutPrefix(rest, "//"); scheme && ok {
		authority := behind
		path = ""
		if slash := strings.IndexByte(behind, '/'); slash >= 0 {
			authority, path = behind[:slash], behind[slash:]
		}
		if problem := checkGoAuthority(authority); problem != "" {
			return problem
		}
	}
	return checkEscapes(path, func(byte) bool { return true })
}

func checkGoAuthority(authority string) string {
	user, host, found := cutLast(authority, "@")
	if !found {
		user, host = "", authority
	}
	if problem := checkGoHost(host); problem != "" {
		return problem
	}
	if !found {
		return ""
	}
	for _, c := range user {
		if c >= 0x80 || !isLetter(byte(c)) && !isDigit(byte(c)) && !strings.ContainsRune("-._:~!$&'()*+,;=%@", c) {
			return quoteScalar(user) + " can't stand before `@`"
		}
	}
	return checkEscapes(user, func(byte) bool { return true })
}

func checkGoHost(host string) string {
	switch strings.LastIndexByte(host, '[') {
	case 0:
		return checkLiteral(host)
	case -1:
	default:
		return quoteScalar(host) + " has `[` inside"
	}
	if colon := strings.LastIndexByte(host, ':'); colon >= 0 {
		if problem := checkPort(host[colon:]); problem != "" {
			return problem
		}
	}
	return checkHostPart(host)
}

// checkLiteral: an IPv6 address in brackets, maybe with a zone, maybe with a port.
func checkLiteral(host string) string {
	inner, port, found := cutLast(host, "]")
	if !found {
		return quoteScalar(host) + " lacks `]`"
	}
	if problem := checkPort(port); problem != "" {
		return problem
	}
	inner = strings.TrimPrefix(inner, "[")
	address, zone := inner, ""
	if at := strings.Index(inner, "%25"); at >= 0 {
		address, zone = inner[:at], inner[at:]
	}
	if problem := checkHostPart(address); problem != "" {
		return problem
	}
	if problem := checkZone(zone); problem != "" {
		return problem
	}
	if zone == "%25" || !isAddress(address, true) {
		return quoteScalar(inner) + " is no IPv6 address"
	}
	return ""
}

func checkPort(port string) string {
	digits, colon := strings.CutPrefix(port, ":")
	if (colon && (digits == "" || isDigits(digits))) || port == "" {
		return ""
	}
	return quoteScalar(port) + " is no port"
}

func isHostRune(c rune) bool {
	return c >= 0x80 || isLetter(byte(c)) || isDigit(byte(c)) || strings.ContainsRune("!\"$&'()*+,-.:;<=>[]_~", c)
}

func checkHostPart(host string) string {
	for _, c := range host {
		if !isHostRune(c) && c != '%' {
			return quoteScalar(string(c)) + " can't stand in a host, as in " + quoteScalar(host)
		}
	}
	return checkEscapes(host, func(b byte) bool { return b >= 0x80 || b == '%' })
}

func checkZone(zone string) string {
	for _, c := range zone {
		if !isHostRune(c) && c != '%' {
			return quoteScalar(zone) + " is no zone of an address"
		}
	}
	return checkEscapes(zone, func(b byte) bool {
		return b == '%' || b == ' ' || b < 0x80 && isHostRune(rune(b))
	})
}

// checkEscapes tells whether two hex digits follow each %, and whether their byte may be escaped.
func checkEscapes(part string, allowed func(byte) bool) string {
	for at, behind := range strings.Split(part, "%") {
		if at == 0 {
			continue
		}
		if len(behind) < 2 || !isHex(behind[0]) || !isHex(behind[1]) {
			return quoteScalar(part) + " has `%` without two hex digits"
		}
		value, err := strconv.ParseUint(behind[:2], 16, 8)
		if err != nil || !allowed(byte(value)) {
			return quoteScalar(part) + " has an escape that can't stand there"
		}
	}
	return ""
}
