package io.phonein.app

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import java.io.File

/** Gradle's files, which do not run here, against Maven's, which do. */
class BuildFilesTest {
    private val catalog = File(Files.android, "gradle/libs.versions.toml").readText()
    private val pom = File(Files.android, "pom.xml").readText()
    private val modules = listOf("app", "ui").associateWith { File(Files.android, "$it/build.gradle.kts").readText() }
    private val core = File(Files.android, "../bindings/kotlin/android/build.gradle.kts").readText()

    private fun section(name: String) = catalog.substringAfter("[$name]\n").substringBefore("\n[").lines().filter { " = " in it }

    private val versions = section("versions").associate { it.substringBefore(" = ") to it.substringAfter('"').substringBefore('"') }

    @Test
    fun `both builds take the same versions`() {
        val maven = Regex("<([a-z.0-9]+)\\.version>(.*?)</").findAll(pom).associate { it.groupValues[1].replace('.', '-') to it.groupValues[2] }
        // Google's plugin is of Gradle's alone.
        val common = versions - "agp"
        assertTrue(common.size > 7)
        assertEquals(common, common.mapValues { maven[it.key] })
    }

    @Test
    fun `the core's own package takes them too`() {
        assertTrue("version \"${versions["agp"]}\"" in core)
        assertTrue("kotlinx-coroutines-android:${versions["coroutines"]}\"" in core)
        val jna = pom.substringAfter("<jna.version>").substringBefore("<")
        assertTrue("net.java.dev.jna:jna:$jna@aar" in core)
    }

    @Test
    fun `every library and plugin that a module names is in the catalog, and the other way round`() {
        val named = (modules.values + File(Files.android, "build.gradle.kts").readText()).joinToString()
        val used = Regex("""libs\.([a-z0-9.]+)""").findAll(named).map { it.groupValues[1].trimEnd('.') }.toSet()
        val libraries = section("libraries").map { it.substringBefore(" = ").replace('-', '.') }
        val plugins = section("plugins").map { "plugins." + it.substringBefore(" = ").replace('-', '.') }
        assertEquals((libraries + plugins).toSet(), used)
        val refs = Regex("version.ref = \"(.*?)\"").findAll(catalog).map { it.groupValues[1] }.toSet()
        assertEquals(versions.keys, refs)
    }

    @Test
    fun `all modules are for the same Android, and the app is the one the site knows`() {
        val all = modules.values + core
        for (line in listOf("minSdk = 26", "compileSdk = 36", "JavaVersion.VERSION_17")) assertTrue(line, all.all { line in it })
        assertTrue("applicationId = \"io.phonein.app\"" in modules.getValue("app"))
        assertTrue("namespace = \"${R::class.java.`package`.name}\"" in modules.getValue("app"))
    }

    @Test
    fun `what Rust calls by name keeps its name`() {
        val rules = File(Files.app, "proguard-rules.pro").readText() + File(Files.android, "../bindings/kotlin/android/consumer-rules.pro").readText()
        for (kept in listOf("io.phonein.core.Bluetooth", "com.nonpolynomial.**", "io.github.gedgygedgy.**", "com.sun.jna.**", "io.phonein.core.**")) {
            assertTrue(kept, "-keep class $kept { *; }" in rules)
        }
    }
}
