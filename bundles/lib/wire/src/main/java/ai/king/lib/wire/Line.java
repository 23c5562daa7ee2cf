/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

/**
 * A connection that waits no longer than the call that uses it may: neither to be made, nor for a byte to come, nor for one to
 * be taken. It sits on a channel, so that an interrupt closes it.
 */
final class Line extends Socket {

    private final SocketChannel channel;
    private final Socket socket;
    private final Supplier<Limit> limits;
    private int timeout;

    /** @param limits of the call that the asking thread makes */
    Line(Supplier<Limit> limits) throws IOException {
        super((SocketImpl) null);
        this.channel = SocketChannel.open();
        this.socket = channel.socket();
        this.limits = limits;
    }

    @Override
    public void connect(SocketAddress address, int given) throws IOException {
        int most = limits.get().millis();
        try {
            socket.connect(address, given > 0 ? Math.min(given, most) : most);
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    private int read(InputStream in, byte[] into, int offset, int length) throws IOException {
        Limit limit = limits.get();
        int most = limit.millis();
        boolean less = timeout > 0 && timeout < most;
        socket.setSoTimeout(less ? timeout : most);
        try {
            return in.read(into, offset, length);
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (SocketTimeoutException e) {
            throw less ? e : limit.over();
        }
    }

    /** What the far side does not take at once is waited for with a selector: a blocking write would wait for ever. */
    private void write(ByteBuffer bytes) throws IOException {
        Limit limit = limits.get();
        channel.configureBlocking(false);
        try {
            channel.write(bytes);
            while (bytes.hasRemaining()) {
                taken(limit);
                channel.write(bytes);
            }
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } finally {
            if (channel.isOpen()) {
                channel.configureBlocking(true);
            }
        }
    }

    private void taken(Limit limit) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            int ready = selector.select(limit.millis());
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            if (ready == 0) {
                throw limit.over();
            }
        }
    }

    private static InterruptedIOException interrupted(ClosedByInterruptException e) {
        InterruptedIOException told = new InterruptedIOException("interrupted");
        told.initCause(e);
        return told;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = socket.getInputStream();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return Line.this.read(in, into, offset, length);
            }

            @Override
            public void close() throws IOException {
                Line.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                Line.this.write(ByteBuffer.wrap(new byte[] {(byte) one}));
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                Line.this.write(ByteBuffer.wrap(from, offset, length));
            }

            @Override
            public void close() throws IOException {
                Line.this.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Shortens a wait; the call's own limit holds all the same. */
    @Override
    public void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        socket.bind(address);
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        socket.setTcpNoDelay(on);
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        socket.setKeepAlive(on);
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        socket.setReuseAddress(on);
    }

    @Override
    public void setSoLinger(boolean on, int linger) throws SocketException {
        socket.setSoLinger(on, linger);
    }
}
